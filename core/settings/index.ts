export * from './account-store.ts';
export * from './json-document.ts';
export * from './secret-store.ts';
export * from './settings-store.ts';
