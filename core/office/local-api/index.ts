export * from './local-api.ts';
