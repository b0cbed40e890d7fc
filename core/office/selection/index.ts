export * from './clipboard.ts';
export * from './copying-selection-reader.ts';
export * from './selection-reader.ts';
