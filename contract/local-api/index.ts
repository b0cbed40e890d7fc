export * from './events.ts';
export * from './model.ts';
export * from './operations.ts';
export * from './scopes.ts';
