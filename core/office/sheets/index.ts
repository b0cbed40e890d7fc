export * from './open-workbooks.ts';
export * from './sheet-desk.ts';
export * from './workbook-writer.ts';
