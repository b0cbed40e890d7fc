export * from './event-action-desk.ts';
