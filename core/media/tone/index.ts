export * from './tone-detector.ts';
export * from './wav.ts';
