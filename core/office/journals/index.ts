export * from './call-journal-target.ts';
export * from './journal-desk.ts';
