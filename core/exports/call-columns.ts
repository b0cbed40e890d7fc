import { exportColumn, type ExportColumn, type ExportWords, type LoggedCall } from '#contract/ipc/index.ts';
import { cleanLine, cleanNote } from './clean-text.ts';
import type { ExportPlan } from './export-files.ts';
import type { CellKind, TableLayout } from './table-layout.ts';

interface Column {
  key: ExportColumn;
  kind: CellKind;
  /** In characters, as spreadsheets count. */
  width: number;
  value(call: LoggedCall, words: ExportWords): string | number | null;
}

const minute = 60_000;
/** The wall clock where the call was. */
const there = ({ record }: LoggedCall) => record.offeredAt + record.zoneOffsetMinutes * minute;
/** The wall clock of this computer, which the user plans by. */
const here = (moment: number | null | undefined) =>
  moment === null || moment === undefined ? null : moment - new Date(moment).getTimezoneOffset() * minute;
const line = (text: string | null | undefined) => (text ? cleanLine(text) : null);

const columnsByKey: Record<ExportColumn, Omit<Column, 'key'>> = {
  date: { kind: 'date', width: 12, value: there },
  time: { kind: 'time', width: 10, value: there },
  direction: { kind: 'text', width: 12, value: ({ record }, words) => words.directions[record.direction] },
  name: { kind: 'text', width: 28, value: ({ record, person }) => line(person?.name ?? record.name) },
  nameThen: { kind: 'text', width: 28, value: ({ record }) => line(record.name) },
  number: {
    kind: 'text',
    width: 22,
    value: ({ record }, words) => (record.withheld ? words.withheld : line(record.display || record.number)),
  },
  extension: { kind: 'text', width: 12, value: ({ record }) => line(record.extension) },
  line: { kind: 'text', width: 18, value: ({ record }) => line(record.lineLabel) },
  disposition: {
    kind: 'text',
    width: 20,
    value: ({ record }, words) => words.dispositions[record.disposition ?? 'underway'],
  },
  waiting: { kind: 'duration', width: 11, value: ({ record }) => waiting(record) },
  talking: { kind: 'duration', width: 11, value: ({ record }) => talking(record) },
  outcome: { kind: 'text', width: 18, value: ({ annotation }) => line(annotation?.outcome) },
  note: { kind: 'text', width: 48, value: ({ annotation }) => (annotation?.note ? cleanNote(annotation.note) : null) },
  tags: { kind: 'text', width: 18, value: ({ annotation }) => line(annotation?.tags.join(', ')) },
  followUp: { kind: 'moment', width: 17, value: ({ annotation }) => here(annotation?.followUpAt) },
  followUpDone: { kind: 'moment', width: 17, value: ({ annotation }) => here(annotation?.followUpDoneAt) },
  handled: {
    kind: 'text',
    width: 13,
    value: ({ missed }, words) => (missed ? yesOrNo(missed.handledAt !== null, words) : null),
  },
  recording: { kind: 'text', width: 10, value: ({ hasRecording }, words) => yesOrNo(hasRecording, words) },
  sipStatus: { kind: 'number', width: 8, value: ({ record }) => record.sipStatus },
  sipReason: { kind: 'text', width: 20, value: ({ record }) => line(record.sipReason) },
  sipCallId: { kind: 'text', width: 36, value: ({ record }) => line(record.sipCallId) },
};

/** From left to right. */
const columns: readonly Column[] = exportColumn.options.map((key) => ({ key, ...columnsByKey[key] }));

export function layoutOfCalls({ words, language }: ExportPlan): TableLayout<LoggedCall> {
  const filled = columns.map(({ key, kind, width, value }) => ({
    ...{ heading: words.columns[key], kind, width },
    value: (call: LoggedCall) => value(call, words),
  }));
  return { title: words.title, language, columns: filled };
}

function yesOrNo(is: boolean, words: ExportWords): string {
  return is ? words.yes : words.no;
}

/** Null while it rings. */
function waiting({ offeredAt, answeredAt, endedAt }: LoggedCall['record']): number | null {
  const until = answeredAt ?? endedAt;
  return until === null ? null : Math.max(0, until - offeredAt);
}

/** Null where nobody talked, and while somebody does. */
function talking({ answeredAt, endedAt }: LoggedCall['record']): number | null {
  return answeredAt === null || endedAt === null ? null : Math.max(0, endedAt - answeredAt);
}
