export { sheetsToRead, type SheetToRead } from './choose-sheets.ts';
export { compoundSignature, isEncryptedWorkbook } from './encrypted-workbook.ts';
export { RowEntries } from './entries/row-entry.ts';
export { RowKeys, type RowIdentity } from './entries/row-identity.ts';
export { planRows, type RowPlan } from './entries/row-plan.ts';
export { possibleHeadings } from './headings/find-heading.ts';
export { foldHeading } from './headings/heading-words.ts';
export { largestFile, openTableFile } from './open-table-file.ts';
export { readingError } from './reading-error.ts';
export type { CellFault, RowBatch, TableFile, TableRow } from './table.ts';
export { bareField } from './text/bare-field.ts';
export { findDelimiter } from './text/find-delimiter.ts';
export { openTextTable, sampleLength, textPieces, toRow } from './text/open-text-table.ts';
export { RecordScanner, type TextRecord } from './text/record-scanner.ts';
export { findEncoding, type TextEncoding } from './text/text-encoding.ts';
export type { CellText } from './workbook/cell-text.ts';
export { ElementSink, type Attributes } from './workbook/element-sink.ts';
export { numberFormat, type NumberFormat } from './workbook/number-format.ts';
export {
  openPart,
  openWorkbook,
  readCellText,
  readWorkbookParts,
  type WorkbookParts,
} from './workbook/open-workbook.ts';
export { largestIndex, largestSheet, readPart } from './workbook/read-part.ts';
export { RowSink } from './workbook/row-sink.ts';
export { scanPart } from './workbook/scan-part.ts';
export { nameHash } from './workbook/xml-scanner.ts';
export { xmlAttributes } from './workbook/xml-text.ts';
export { directoryPlace, readAt, type ZipDirectory, type ZipEntry } from './workbook/zip-archive.ts';
