export * from './data-directory.ts';
export * from './database.ts';
