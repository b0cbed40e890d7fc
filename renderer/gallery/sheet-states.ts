import type { DemoSheet } from '#renderer/bridge/demo-sheets.ts';
import type { DemoBridge, DemoState } from '#renderer/bridge/demo-bridge.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { useSheetTableStore } from '#renderer/features/sheets/sheet-table-store.ts';
import { useSheetViewStore } from '#renderer/features/sheets/sheet-view-store.ts';
import { useSheetsStore } from '#renderer/features/sheets/sheets-store.ts';
import { useSheetWalkStore } from '#renderer/features/sheets/sheet-walk-store.ts';
import { sampleMatch } from './people-samples.ts';
import { freshSheet, manyRows, sampleConflicts, sampleResult, sampleSheet, sampleSheetRow } from './sheet-samples.ts';

const locked = { code: 'sheet.locked', values: {}, detail: 'EBUSY' } as const;
const second = () => freshSheet({ id: 'suppliers', file: 'Поставщики.xlsx', sheet: 'Все', rows: 312 });
const waiting = { writing: 'locked', waiting: 3, problem: { ...locked } } as const;
const day = 86_400_000;
const long = 'Очень длинное название '.repeat(12);

function hostile(): DemoSheet {
  const text = '<img src=x onerror=alert(1)> \u202eцифры ' + 'Очень'.repeat(40);
  const row = sampleSheetRow(0, { name: text, firm: text, cells: Array.from({ length: 11 }, () => text) });
  return sampleSheet({ file: `${long}.xlsx`, sheet: long }, { rows: [row, ...manyRows(5)] });
}

const problem = (
  code: 'sheet.missing' | 'sheet.read-only' | 'sheet.encrypted',
  writing: 'missing' | 'read-only' | 'refused',
) => sampleSheet({ writing, waiting: 2, problem: { code, values: {}, detail: null } });

/** Every state of customer sheets worth looking at, by name. */
export const sheetStates = (full: () => DemoState): Record<string, () => DemoState> => {
  const withSheets = (...sheets: DemoSheet[]) => ({ ...full(), sheets });
  const known = () => {
    const sheet = freshSheet({}, { pauseMilliseconds: 8000 });
    const ivan = full().people[1]!;
    const [own, first] = [ivan.numbers[0]!, sheet.rows[0]!];
    const number = { ...first.numbers[0]!, dial: own.dial, display: own.display, extension: own.extension };
    const earlier = sampleResult({ outcome: 'Думает', note: 'Просил прислать счёт', calledAt: Date.now() - 3 * day });
    const known = { match: sampleMatch(ivan), numbers: [number], result: earlier, lastCalledAt: earlier.calledAt };
    Object.assign(first, known, { writing: 'written' });
    return withSheets(sheet, second());
  };
  return {
    sheets: () => withSheets(sampleSheet({}, {}), second()),
    sheetsEmpty: () => withSheets(),
    sheetsFailing: () => ({ ...withSheets(sampleSheet()), broken: ['sheets.list'] }),
    sheetsLoading: () => withSheets(sampleSheet()),
    sheetWaiting: () => withSheets(sampleSheet({ ...waiting }), second()),
    sheetConflicts: () => withSheets(sampleSheet({ conflicts: 2 }, { conflicts: sampleConflicts() }), second()),
    sheetMissing: () => withSheets(problem('sheet.missing', 'missing')),
    sheetReadOnly: () => withSheets(problem('sheet.read-only', 'read-only')),
    sheetEncrypted: () => withSheets(problem('sheet.encrypted', 'refused')),
    sheetBlank: () => withSheets(sampleSheet({ writtenAt: null, canUndo: false }, { rows: [] })),
    sheetNobody: () => withSheets(sampleSheet()),
    sheetUnread: () => ({ ...withSheets(sampleSheet()), broken: ['sheets.page'] }),
    sheetMany: () => withSheets(sampleSheet({}, { rows: manyRows(100_000) })),
    sheetHostile: () => withSheets(hostile()),
    sheetRow: () => withSheets(sampleSheet(), second()),
    sheetDialled: () => withSheets(sampleSheet(), second()),
    sheetSetup: () => withSheets(sampleSheet(), second()),
    walkReady: known,
    walkCounting: known,
    walkCalling: known,
    walkWrapping: known,
    walkPaused: known,
    walkFinished: known,
    walkAside: known,
  };
};

/** What a user has done by then; the stores stand for the clicks. */
export async function openSheets(name: string, demo: DemoBridge): Promise<void> {
  useScreenStore().show('sheets');
  if (name === 'sheetsLoading') demo.answer('sheets.page', () => new Promise(() => undefined));
  const [sheets, view, walk, table] = [
    useSheetsStore(),
    useSheetViewStore(),
    useSheetWalkStore(),
    useSheetTableStore(),
  ];
  await sheets.load();
  const row = (index: number) => demo.state.sheets[0]!.rows[index]!;
  if (name === 'sheetConflicts') view.show('conflicts');
  if (name === 'sheetSetup') view.show('setup');
  if (name === 'sheetRow') view.open(structuredClone(row(1)));
  if (name === 'sheetNobody') table.text = 'нет такого';
  if (name === 'sheetDialled') {
    await walk.dialRow('clients', 'row-5');
    view.open(structuredClone(row(5)));
    demo.sheets.walking.answer();
  }
  if (!name.startsWith('walk')) return;
  await walk.begin('clients', table.filter);
  if (name === 'walkFinished') while (walk.walk?.state !== 'finished') await walk.skip();
  if (name === 'walkCounting' || name === 'walkPaused') await walk.next();
  if (name === 'walkPaused') await walk.pause(true);
  if (name === 'walkCalling' || name === 'walkWrapping') await walk.dialShown();
  if (name === 'walkCalling' || name === 'walkWrapping') demo.sheets.walking.answer();
  if (name === 'walkCalling' || name === 'walkWrapping')
    walk.change({ ...walk.draft, outcome: 'Договорились', note: 'Оплатят в четверг, счёт на почту' });
  if (name === 'walkWrapping') demo.sheets.walking.end();
  if (name === 'walkAside') walk.aside = true;
}
