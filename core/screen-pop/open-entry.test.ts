import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EntryTarget } from '#core/contacts/index.ts';
import { NodeEntryOpener, type NodeEntryOpenerOptions } from './node-entry-opener.ts';
import { openEntry, type OpenedHere } from './open-entry.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-open-'));
const sheet = path.join(folder, 'Клиенты $(id) & co.xlsx');
writeFileSync(sheet, '');
afterAll(() => rmSync(folder, { recursive: true }));

function desk(target: EntryTarget | null) {
  const opened: OpenedHere[] = [];
  const opener = { open: async (given: OpenedHere) => void opened.push(given) };
  return { opened, result: openEntry('handle', { directory: { target: async () => target }, opener }) };
}

function opener(
  platform: NodeJS.Platform = 'linux',
  failing = false,
  openInExcel: NodeEntryOpenerOptions['openInExcel'] = null,
) {
  const started: (readonly string[])[] = [];
  const start = async (program: string, args: readonly string[]) => {
    if (failing) throw new Error('ENOENT');
    started.push([program, ...args]);
  };
  return { started, opener: new NodeEntryOpener({ platform, openInOutlook: null, openInExcel, start }) };
}

describe('opening an entry where it lives', () => {
  it.each([
    'https://crm.example/42',
    'http://1c.example/base#e1cib/data/x',
    'mailto:a@b.example',
    'e1c://server/c/base#e1cib/data/x',
  ])('lets the window open %s', async (url) => {
    await expect(desk({ kind: 'url', url }).result).resolves.toEqual({ url });
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ms-msdt:/id',
    'data:text/html,x',
    'not an address',
    '\\\\server\\share\\x.exe',
  ])('opens nothing that could run: %s', async (url) => {
    await expect(desk({ kind: 'url', url }).result).rejects.toThrow('people.cannot-open');
  });

  it('opens a row of a workbook on this computer', async () => {
    const { opened, result } = desk({ kind: 'sheet', file: sheet, sheet: 'Лист1', row: 7 });
    await expect(result).resolves.toEqual({ opened: true });
    expect(opened).toEqual([{ kind: 'sheet', file: sheet, sheet: 'Лист1', row: 7 }]);
  });

  it('says so where nothing opens the entry', async () => {
    await expect(desk(null).result).rejects.toThrow('people.cannot-open');
  });
});

describe('the programs of this computer', () => {
  it.each([
    ['linux', ['xdg-open', sheet]],
    ['darwin', ['open', sheet]],
    ['win32', ['rundll32.exe', 'url.dll,FileProtocolHandler', sheet]],
  ] as const)('get the file as one argument: %s', async (platform, expected) => {
    const { started, opener: here } = opener(platform);
    await here.open({ kind: 'sheet', file: sheet, sheet: '', row: 1 });
    expect(started).toEqual([expected]);
  });

  it('show the very row where Excel is there, and the file where Excel cannot', async () => {
    const shown: object[] = [];
    const excel = opener('win32', false, async (row) => void shown.push(row));
    const row = { file: sheet, sheet: 'Лист1', row: 7 };
    await excel.opener.open({ kind: 'sheet', ...row });
    expect([shown, excel.started]).toEqual([[row], []]);
    const busy = opener('win32', false, () => Promise.reject(new Error('busy')));
    await busy.opener.open({ kind: 'sheet', ...row });
    expect(busy.started).toHaveLength(1);
  });

  it('never run a file that is a program', async () => {
    const { started, opener: here } = opener();
    const file = path.join(folder, 'x.bat');
    writeFileSync(file, '');
    await expect(here.open({ kind: 'file', file })).rejects.toThrow('people.cannot-open');
    expect(started).toEqual([]);
  });

  it('are not asked for a file that is gone', async () => {
    await expect(opener().opener.open({ kind: 'file', file: path.join(folder, 'gone.vcf') })).rejects.toThrow(
      'directory.not-found',
    );
  });

  it('may be missing', async () => {
    await expect(opener('linux', true).opener.open({ kind: 'file', file: sheet })).rejects.toThrow(
      'people.cannot-open',
    );
    await expect(opener().opener.open({ kind: 'outlook', entryId: '1', storeId: '2' })).rejects.toThrow(
      'directory.outlook-missing',
    );
  });
});
