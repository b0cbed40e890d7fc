export * from './call-archive.ts';
export * from './call-log.ts';
