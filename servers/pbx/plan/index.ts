export * from './plan.ts';
export * from './decide.ts';
export * from './menu.ts';
