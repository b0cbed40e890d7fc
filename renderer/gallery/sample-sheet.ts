import type {
  ColumnRole,
  CommandInput,
  DirectoryPreview,
  PreviewEntry,
  PreviewTable,
  SheetMapping,
} from '#contract/ipc/index.ts';
import type { ErrorReport } from '#contract/errors.ts';

const headings = [
  ...['Код', 'Клиент', 'Организация', 'Должность', 'Телефон', 'Моб. для связи'],
  ...['Email', 'Менеджер', 'Статус', 'Город', 'Дата звонка', 'Примечание'],
];
const people = [
  ['00017', 'Петров Иван Сергеевич', 'ИП Петров', 'закупки', '8 (495) 123-45-67 доб. 12', '8.9160000001E+10'],
  [
    '00018',
    'Ольга Демидова',
    'ООО «Образец»',
    'директор',
    '(495) 000-00-42; (495) 000-00-43',
    'моб. 8-903-000-00-42 (после 18)',
  ],
  ['00019', 'Мария Соколова', 'ООО «Пример»', 'главный бухгалтер', '+7 812 000-00-19', '9210000019'],
  ['00020', 'Служба доставки', '', '', '1-я линия', ''],
  [
    '00021',
    'Лебедев Пётр',
    'АО «Общество с очень длинным названием из Нижнего Новгорода»',
    'снабжение',
    '8 831 000 00 21',
    '+7 910 000-00-21',
  ],
  ['00022', 'Анна Королёва', 'ООО «Пример»', 'менеджер', 'см. визитку', '8 926 000-00-22'],
  ['00023', 'Сергей Волков', 'ИП Волков', '', '#Н/Д', '8 985 000-00-23'],
  ['00024', 'Наталья Белова', 'ООО «Ромашка»', 'секретарь', '8 (499) 000-00-24', ''],
  ['00025', 'Дмитрий Зайцев', 'ООО «Ромашка»', 'инженер', '8 (499) 000-00-25 вн. 108', '8 916 000-00-25'],
];
const rest = ['sales@example.ru', 'Отдел продаж', 'постоянный', 'Москва', '12.01.2026', 'перезвонить после отпуска'];
const body = people.map((row) => [...row, ...rest]);

const roles: Record<string, [ColumnRole, string]> = {
  Код: ['id', ''],
  Клиент: ['name', ''],
  Организация: ['firm', ''],
  Должность: ['role', ''],
  Телефон: ['number', 'work'],
  'Моб. для связи': ['number', 'mobile'],
  Email: ['email', ''],
  Менеджер: ['shown', ''],
  Примечание: ['note', ''],
};

function recognised(file: string, headerRow: number, sheet: string): SheetMapping {
  const columns = headings.map((heading, column) => {
    const [role, label] = (headerRow === 1 && roles[heading]) || (['ignored', ''] as const);
    return { column, heading: headerRow === 1 ? heading : '', role, label };
  });
  return { file, sheet, headerRow, columns };
}

/** What the core makes of a cell, roughly: enough to look at. */
function numbersOf(text: string, label: string) {
  return text
    .split(/[;,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const plain = /E\+10$/.test(part) ? String(Math.round(Number(part))) : part;
      const [main = '', extension] = plain.split(/доб\.|вн\./);
      const digits = main
        .replace(/\D/g, '')
        .replace(/^[78]/, '')
        .replace(/18$/, (tail) => (main.includes('после') ? '' : tail));
      const display =
        digits.length === 10
          ? `+7 ${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}${extension ? ` доб. ${extension.trim()}` : ''}`
          : null;
      return { text: part, label, display };
    });
}

function entriesOf({ mapping, rows, firstRow }: PreviewTable): PreviewEntry[] {
  return rows
    .map((row, index) => ({ row, place: firstRow + index }))
    .filter(({ place }) => place > mapping.headerRow)
    .map(({ row, place }) => {
      const of = (role: ColumnRole) =>
        mapping.columns.filter((each) => each.role === role).map(({ column }) => row[column] ?? '');
      return {
        name: [...of('name'), ...of('familyName'), ...of('givenName')].join(' ').trim(),
        firm: of('firm').join(' '),
        role: of('role').join(' '),
        emails: of('email').filter(Boolean),
        numbers: mapping.columns
          .filter(({ role }) => role === 'number')
          .flatMap(({ column, label }) => numbersOf(row[column] ?? '', label)),
        place: `${mapping.file} › ${mapping.sheet}!${place}`,
      };
    });
}

export interface SampleSheet {
  headed?: boolean;
  files?: string[];
  problems?: ErrorReport[];
}

/** A trial of a workbook of twelve columns, which does as its mapping says. */
export function sheetPreview({ headed = true, files = ['Клиенты.xlsx'], problems = [] }: SampleSheet = {}) {
  return ({ config }: CommandInput<'directories.preview'>): DirectoryPreview => {
    const given = config.kind === 'sheet' ? (config.mappings ?? []) : [];
    const wanted = files.flatMap((file): { file: string; said: (typeof given)[number] | undefined }[] => {
      const said = given.filter((each) => each.file === file);
      return said.length > 0 ? said.map((each) => ({ file, said: each })) : [{ file, said: undefined }];
    });
    const tables = wanted.map(({ file, said }): PreviewTable => {
      const rows = headed ? [headings, ...body] : body;
      const sheet = said?.sheet || 'Лист1';
      const guess = recognised(file, said?.headerRow || (headed ? 1 : 0), sheet);
      const mapping =
        said && said.columns.length > 0
          ? { ...said, columns: said.columns.map((each) => ({ label: '', ...each })) }
          : guess;
      return { mapping, sheets: ['Лист1', 'Архив 2024', 'Справка'], rows, firstRow: 1 };
    });
    const entries = tables.flatMap(entriesOf).slice(0, 20);
    return { tables, entries, count: headed ? 12_418 : null, parts: [], problems };
  };
}
