import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { hasProgram } from './has-program.ts';

export const hasLibreOffice = hasProgram('soffice');

/**
 * Opens a spreadsheet or CSV file in LibreOffice, as a user's double click would, and gives its first sheet back as CSV
 * with every cell as it is shown.
 * @param importOptions LibreOffice's own for a CSV file, e.g. `59,34,76` (separator, quote, UTF-8)
 */
export async function asShownByLibreOffice(
  file: string,
  folder: string,
  importOptions: string | null = null,
): Promise<string> {
  const args = [
    '--headless',
    `-env:UserInstallation=file://${path.join(folder, 'profile')}`,
    ...(importOptions === null ? [] : [`--infilter=Text - txt - csv (StarCalc):${importOptions}`]),
    '--convert-to',
    // Tabulators, quotes where they are needed, UTF-8.
    'csv:Text - txt - csv (StarCalc):9,34,76',
    '--outdir',
    path.join(folder, 'shown'),
    file,
  ];
  await promisify(execFile)('soffice', args, { timeout: 90_000 });
  return await readFile(path.join(folder, 'shown', `${path.parse(file).name}.csv`), 'utf8');
}

/**
 * Lets LibreOffice save a file in another format, e.g. `xlsx` or `xlsm:Calc MS Excel 2007 VBA XML`.
 * @returns path of what it wrote, in `folder`
 */
export async function savedByLibreOffice(file: string, folder: string, format: string): Promise<string> {
  const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
  const args = ['--headless', profile, '--convert-to', format, '--outdir', folder, file];
  await promisify(execFile)('soffice', args, { timeout: 90_000 });
  return path.join(folder, `${path.parse(file).name}.${format.split(':')[0]!}`);
}
