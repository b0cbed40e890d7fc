export * from './data-directory.ts';
export * from './database.ts';
export * from './refusal.ts';
