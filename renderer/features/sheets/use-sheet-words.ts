import { useI18n } from 'vue-i18n';
import type { SheetRow, SheetStatus } from '#contract/ipc/index.ts';
import { useRecordText } from '#renderer/features/call-log/use-record-text.ts';
import { useParty } from '#renderer/features/call/use-party.ts';

type SheetNumber = SheetRow['numbers'][number];

/** Rows, numbers and the state of writing as words, cleaned of what could deceive. */
export function useSheetWords() {
  const { t, n } = useI18n();
  const party = useParty();
  const record = useRecordText();
  const { lines } = party;
  /** In one line: the lines of a cell are parted as words are. */
  const clean = (text: string) => party.clean(text.replace(/\s+/g, ' '));

  const number = ({ display, text, extension }: SheetNumber) =>
    party.number({ name: null, display: display || text, extension, withheld: false });
  const name = (row: SheetRow) =>
    clean(row.name) || clean(row.firm) || (row.numbers[0] ? number(row.numbers[0]) : t('sheets.row.nameless'));
  /** Empty where the firm is the name already. */
  const firm = (row: SheetRow) => (row.name ? clean(row.firm) : '');

  /** `Клиенты.xlsx › Лист1` */
  const title = ({ file, sheet }: SheetStatus) => [clean(file), clean(sheet)].filter(Boolean).join(' › ');

  /** A text of the sheet as it is, a moment (Unix ms) as day and time. */
  const result = (value: string | number) => (typeof value === 'number' ? record.shortMoment(value) : clean(value));
  /** The whole of it. */
  const wholeResult = (value: string | number) => (typeof value === 'number' ? result(value) : lines(value));

  function written({ writtenAt }: SheetStatus): string {
    return writtenAt === null
      ? t('sheets.written.never')
      : t('sheets.written.at', { at: record.shortMoment(writtenAt) });
  }

  const rows = (count: number) => t('sheets.rows.count', { count: n(count) }, count);

  const callable = (count: number) => t('sheets.rows.callable', { count: n(count) });

  return {
    ...{ number, name, firm, title, result, wholeResult, written, rows, callable, clean, lines },
    moment: record.shortMoment,
  };
}
