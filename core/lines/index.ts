export * from './choose-line.ts';
export * from './line.ts';
export * from './lines.ts';
