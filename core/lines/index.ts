export * from './line.ts';
export * from './lines.ts';
