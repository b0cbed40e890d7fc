export * from './call-archive.ts';
export * from './call-log.ts';
export type { CallReports } from './call-reports.ts';
