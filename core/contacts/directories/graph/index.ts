export * from './account-access.ts';
export * from './wanted-rights.ts';
