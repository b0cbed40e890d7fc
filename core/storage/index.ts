export * from './data-directory.ts';
export * from './database.ts';
export * from './storage-error.ts';
export * from './refusal.ts';
export * from './write-pace.ts';
