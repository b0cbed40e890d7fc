import { createHash } from 'node:crypto';
import type { ODataRow } from '#core/contacts/directories/onec/index.ts';
import { linesWithoutDeceit, showLine } from '#core/foundation/index.ts';
import { dispositionWords, type JournalledCall } from '../journals/index.ts';

export const documentSet = 'Document_ТелефонныйЗвонок';
/** What the document is made of; a configuration that lacks one cannot take it. */
export const documentFields = [
  'Date',
  'АбонентПредставление',
  'АбонентКакСвязаться',
  'Входящий',
  'Тема',
  'Описание',
  'Комментарий',
] as const;

// 1C keeps texts as XML 1.0 does, which has no place for these.
const noXml = /[\ufffe\uffff]/g;
const line = (text: string, most: number) => showLine(text.toWellFormed().replace(noXml, ''), most);
const lines = (text: string) => linesWithoutDeceit(text.toWellFormed().replace(noXml, ''));

/** The document of a call has this key from the first try on, so that there is never a second one. */
export function documentKey(callId: string): string {
  const bytes = createHash('sha256').update(`offhook:call:${callId}`).digest().subarray(0, 16);
  // RFC 9562, section 5.8: a UUID by a rule of one's own.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** By which a document is found again, wherever its key came from. */
export function documentMark(callId: string): string {
  return `Offhook ${line(callId, 100)}`;
}

/**
 * A moment as 1C keeps it: local time without a zone, e.g. `2026-01-15T12:00:00`.
 * @param zoneOffset minutes east of UTC at a moment (Unix ms)
 */
export function localTime(time: number, zoneOffset: (time: number) => number): string {
  return new Date(time + zoneOffset(time) * 60_000).toISOString().slice(0, 19);
}

function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)} мин ${seconds % 60} с`;
}

function describe(call: JournalledCall, zoneOffset: (time: number) => number): string {
  const at = (time: number) => localTime(time, zoneOffset).replace('T', ' ');
  const { answeredAt, endedAt } = call;
  const rows = [
    `${call.direction === 'incoming' ? 'Входящий звонок, номер' : 'Исходящий звонок на'} ${line(call.display, 100)}`,
    `Начало: ${at(call.offeredAt)}`,
    ...(answeredAt === null ? [] : [`Ответ: ${at(answeredAt)}`]),
    `Окончание: ${at(endedAt)}`,
    ...(answeredAt === null
      ? []
      : [`Длительность: ${duration(Math.max(0, Math.round((endedAt - answeredAt) / 1000)))}`]),
    `Итог: ${dispositionWords.ru[call.disposition]}`,
    `Линия: ${line(call.lineLabel, 100)}`,
    ...(call.outcome ? [`Результат: ${line(call.outcome, 100)}`] : []),
    ...(call.note.trim() === '' ? [] : ['', lines(call.note)]),
  ];
  return rows.join('\n');
}

function whom({ name, firm, display }: JournalledCall): string {
  const known = [name, firm].filter((part, index, all) => part !== '' && all.indexOf(part) === index);
  return line(known.join(', ') || display, 100);
}

/** The reference to the counterparty, whose type is one of several (`X` and `X_Type` in OData); nothing for a stranger. */
export function contactFields({ entryKey }: JournalledCall): ODataRow {
  const [, set, key] = /^(Catalog_[\p{L}\p{N}_]+):([0-9a-f-]{36})$/iu.exec(entryKey ?? '') ?? [];
  return set && key ? { АбонентКонтакт: key, АбонентКонтакт_Type: `StandardODATA.${set}` } : {};
}

/** What is written of a call, but for the reference to the counterparty. */
export function callDocument(call: JournalledCall, zoneOffset: (time: number) => number): ODataRow {
  const incoming = call.direction === 'incoming';
  return {
    Date: localTime(call.offeredAt, zoneOffset),
    АбонентПредставление: whom(call),
    АбонентКакСвязаться: line(call.number ?? call.display, 100),
    Входящий: incoming,
    Тема: line(`${incoming ? 'Входящий' : 'Исходящий'} звонок: ${whom(call)}`, 150),
    Описание: describe(call, zoneOffset),
    Комментарий: documentMark(call.callId),
  };
}
