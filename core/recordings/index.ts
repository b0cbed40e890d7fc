export * from './open-recordings.ts';
export * from './recording-store.ts';
