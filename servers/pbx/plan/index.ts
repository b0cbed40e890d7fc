export * from './plan.ts';
export * from './decide.ts';
