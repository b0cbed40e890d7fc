export * from './backups.ts';
export * from './erase-person.ts';
export * from './housekeeping.ts';
export * from './housekeeping-store.ts';
export * from './recording-shelf.ts';
