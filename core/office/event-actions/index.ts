export * from './call-moments.ts';
export * from './event-action-desk.ts';
export * from './event-actions.ts';
