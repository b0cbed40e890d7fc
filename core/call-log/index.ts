export * from './call-archive.ts';
export * from './call-log.ts';
export type { CallReports } from './call-reports.ts';
export * from './read-calls.ts';
export * from './waiting-calls.ts';
export * from './call-housekeeping.ts';
export * from './person-links.ts';
