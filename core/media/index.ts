export * from './audio-endpoint.ts';
export * from './media-leg.ts';
