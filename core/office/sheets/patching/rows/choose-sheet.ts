import { OffhookError } from '#contract/errors.ts';
import { sheetsToRead, type SheetToRead, type TableFile } from '#core/contacts/directories/sheets/index.ts';
import type { WorkbookTarget } from '#core/office/sheets/workbook-writer.ts';

/** The sheet that is meant, laid out as the address book reads it. */
export async function chooseSheet(
  table: TableFile,
  { sheet, mapping }: Pick<WorkbookTarget, 'sheet' | 'mapping'>,
): Promise<SheetToRead> {
  const named = sheet === '' ? (mapping?.sheet ?? '') : sheet;
  if (named !== '' && !table.sheets.includes(named))
    throw new OffhookError('sheet.missing', { detail: `no sheet ${named}` });
  const wanted = mapping ?? (named === '' ? null : { headerRow: 0, columns: [] });
  const [found] = await sheetsToRead(table, '', wanted ? [{ ...wanted, file: '', sheet: named }] : []);
  return found!;
}
