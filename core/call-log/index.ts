export * from './call-archive.ts';
export * from './call-log.ts';
export * from './call-housekeeping.ts';
