export * from './export-files.ts';
export * from './exports.ts';
