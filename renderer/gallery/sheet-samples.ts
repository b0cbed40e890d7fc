import type { CallResult, SheetColumn, SheetConflict, SheetRow, SheetSetup, SheetStatus } from '#contract/ipc/index.ts';
import type { DemoSheet } from '#renderer/bridge/demo-sheets.ts';

const hour = 3_600_000;

const columns: SheetColumn[] = (
  [
    ['Код', 'id'],
    ['Клиент', 'name'],
    ['Организация', 'firm'],
    ['Телефон', 'number'],
    ['Город', 'shown'],
    ['Менеджер', 'shown'],
    ['Сумма', 'ignored'],
    ['Дата звонка', 'ignored'],
    ['Итог', 'ignored'],
    ['Примечание', 'note'],
    ['Перезвонить', 'ignored'],
  ] as const
).map(([heading, role], column) => ({ column, heading, role }));

const people = [
  ['Иван Петров', 'ИП Петров', 'Москва'],
  ['Ольга Демидова', 'ООО «Образец»', 'Тверь'],
  ['Мария Соколова', 'ООО «Пример»', 'Санкт-Петербург'],
  ['Пётр Лебедев', 'АО «Общество с очень длинным названием из Нижнего Новгорода»', 'Нижний Новгород'],
  ['Анна Королёва', 'ООО «Пример»', 'Казань'],
  ['Сергей Волков', 'ИП Волков', 'Самара'],
  ['Наталья Белова', 'ООО «Ромашка»', 'Москва'],
  ['Дмитрий Зайцев', 'ООО «Ромашка»', 'Тула'],
] as const;

export function sampleResult(part: Partial<CallResult> = {}): CallResult {
  return { outcome: 'Договорились', note: '', calledAt: Date.now() - hour, followUpAt: null, ...part };
}

/** The row at an index of an invented sheet, on numbers that nobody has. */
export function sampleSheetRow(index: number, part: Partial<SheetRow> = {}): SheetRow {
  const [name, firm, city] = people[index % people.length]!;
  const digits = String(index % 100).padStart(2, '0');
  const extension = index % 5 === 1 ? '12' : null;
  const display = `+7 495 000-00-${digits}`;
  const text = extension ? `8 (495) 000-00-${digits} доб. ${extension}` : `8 (495) 000-00-${digits}`;
  const sum = `${(index % 9) + 1} 500,00`;
  return {
    ...{ key: `row-${index}`, row: index + 2, name, firm },
    cells: [String(index + 17).padStart(5, '0'), name, firm, text, city, 'Отдел продаж', sum, '', '', '', ''],
    numbers: [{ column: 3, text, dial: `+7495000${digits.padStart(4, '0')}`, display, extension }],
    ...{ match: null, result: null, writing: 'none', lastCalledAt: null },
    ...part,
  };
}

export function sampleSetup(part: Partial<SheetSetup> = {}): SheetSetup {
  return {
    shown: ['Город', 'Менеджер', 'Сумма'],
    script: 'Добрый день, {Клиент}! Это компания «Пример».\nПо счёту на {Сумма} ₽ — удобно ли оплатить до пятницы?',
    outcomes: [],
    results: { outcome: 'Итог', note: 'Примечание', calledAt: 'Дата звонка', followUp: 'Перезвонить' },
    ...{ byHand: true, pauseMilliseconds: null },
    ...part,
  };
}

export function sampleSheetStatus(part: Partial<SheetStatus> = {}): SheetStatus {
  return {
    ...{ id: 'clients', directoryId: 'clients', directoryLabel: 'Клиенты', file: 'Клиенты.xlsx', sheet: 'Лист1' },
    path: 'C:\\Users\\Olga\\Documents\\Клиенты.xlsx',
    ...{
      rows: 8,
      writing: 'free',
      waiting: 0,
      conflicts: 0,
      writtenAt: Date.now() - hour,
      canUndo: true,
      problem: null,
    },
    ...part,
  };
}

/** Rows in each of the states that a row may be in. */
function livelyRows(): SheetRow[] {
  const now = Date.now();
  const second = {
    column: 3,
    text: '8 916 000-00-01',
    dial: '+79160000001',
    display: '+7 916 000-00-01',
    extension: null,
  };
  const rows = Array.from({ length: 24 }, (_, index) => sampleSheetRow(index));
  const two = { numbers: [...rows[0]!.numbers, second] };
  const called = (result: CallResult) => ({ result, lastCalledAt: result.calledAt });
  Object.assign(rows[0]!, two, { writing: 'written' }, called(sampleResult({ note: 'Оплатят в четверг' })));
  const due = sampleResult({ outcome: 'Перезвонить', followUpAt: now - 600_000, note: 'Просила после обеда' });
  Object.assign(rows[1]!, { writing: 'waiting' }, called(due));
  const later = sampleResult({ outcome: 'Думает', followUpAt: now + 26 * hour, note: '' });
  Object.assign(rows[2]!, { writing: 'conflict' }, called(later));
  Object.assign(rows[4]!, { writing: 'gone' }, called(sampleResult({ outcome: 'Отказ' })));
  rows[6]!.numbers = [];
  rows[6]!.cells[3] = 'см. визитку';
  rows[3]!.cells.splice(7, 2, '12.01.2026', 'Не дозвонились');
  rows[3]!.lastCalledAt = now - 300 * hour;
  return rows;
}

export function sampleConflicts(): SheetConflict[] {
  return [
    {
      ...{ id: 1, key: 'row-2', row: 4, name: 'Мария Соколова', kind: 'changed', problem: null },
      cells: [
        { heading: 'Итог', before: '', now: 'Уже клиент', ours: 'Думает' },
        { heading: 'Перезвонить', before: '', now: '02.03.2026', ours: '27.11.2026 14:00' },
      ],
    },
    {
      ...{ id: 2, key: 'row-4', row: null, name: 'Анна Королёва', kind: 'gone', problem: null },
      cells: [{ heading: 'Итог', before: '', now: '', ours: 'Отказ' }],
    },
  ];
}

export function sampleSheet(part: Partial<SheetStatus> = {}, more: Partial<DemoSheet> = {}): DemoSheet {
  const rows = more.rows ?? livelyRows();
  const status = sampleSheetStatus({ rows: rows.length, ...part });
  return { status, columns, rows, setup: sampleSetup(), conflicts: [], ...more };
}

/** Eight rows that nobody has called yet. */
export function freshSheet(part: Partial<SheetStatus> = {}, setup: Partial<SheetSetup> = {}): DemoSheet {
  const rows = people.map((_, index) => sampleSheetRow(index));
  return sampleSheet({ writtenAt: null, canUndo: false, ...part }, { rows, setup: sampleSetup(setup) });
}

export function manyRows(count: number): SheetRow[] {
  return Array.from({ length: count }, (_, index) => sampleSheetRow(index));
}
