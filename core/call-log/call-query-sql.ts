import type { CallFilter } from '#contract/ipc/index.ts';
import type { PeopleIndex } from '#core/contacts/index.ts';
import type { SqlValue } from '#core/storage/index.ts';
import { readSearchText, toMatch } from './search-text.ts';

/** One way to be among the calls looked for. `c` is the record, `a` its annotation, `m` its row of missed calls. */
interface Branch {
  /** Tables before `call_record`, which it is joined to by `key`. */
  from: string | null;
  key: string;
  where: string[];
  values: SqlValue[];
}

export interface SqlPart {
  sql: string;
  values: SqlValue[];
}

const dialled = `replace(coalesce(c.number, ''), 'sip:', char(0))`;

const everything = (): Branch => ({ from: null, key: 'c.sequence', where: [], values: [] });
const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');

function words(wanted: readonly string[], digits: readonly string[]): Branch {
  // Beside words with letters, digits may also be part of the number.
  const loose = wanted.every((word) => /^\d+$/.test(word)) ? [] : digits;
  const firm = wanted.filter((word) => !loose.includes(word));
  const inNumberOrNote = `(instr(${dialled} || ' ' || coalesce(c.extension, ''), ?) > 0
    OR c.sequence IN (SELECT rowid FROM call_words WHERE call_words MATCH ?))`;
  return {
    from: 'call_words AS w',
    key: 'w.rowid',
    where: ['call_words MATCH ?', ...loose.map(() => inNumberOrNote)],
    values: [toMatch(firm), ...loose.flatMap((word) => [word, toMatch([word])])],
  };
}

function byPerson(ids: readonly string[], keys: readonly string[]): Branch[] {
  const linked = `a.person_id IN (${marks(ids)})`;
  return [
    {
      ...everything(),
      where: [`c.party_key IN (${marks(keys)})`, `(a.person_id IS NULL OR ${linked})`],
      values: [...keys, ...ids],
    },
    { ...everything(), from: 'call_annotation AS a', key: 'a.sequence', where: [linked], values: [...ids] },
  ];
}

function byText(text: string): Branch[] {
  const { words: wanted, digits, numbers } = readSearchText(text);
  if (wanted.length === 0) return [everything()];
  const branches = [words(wanted, digits)];
  if (numbers.length > 0) {
    const match = numbers.map((part) => `"${part}"`).join(' OR ');
    branches.push({ from: 'call_digits AS d', key: 'd.rowid', where: ['call_digits MATCH ?'], values: [match] });
  }
  return branches;
}

/** The same branch, led by a small table where the filter names one, so that few rows are looked at. */
function led(branch: Branch, filter: CallFilter): Branch {
  if (branch.from !== null) return branch;
  if (filter.missedOpen) return { ...branch, from: 'missed_call AS m', key: 'm.sequence' };
  if (filter.followUp || filter.outcome !== undefined)
    return { ...branch, from: 'call_annotation AS a', key: 'a.sequence' };
  return branch;
}

const zone = '(c.offered_at + c.zone_offset_minutes * 60000)';
const followUp = '(a.follow_up_at IS NOT NULL AND a.follow_up_done_at IS NULL)';
const missedOpen = '(m.sequence IS NOT NULL AND m.handled_at IS NULL)';
const is = (condition: string, wanted: boolean) => (wanted ? condition : `NOT ${condition}`);

function conditions(filter: CallFilter, key: string): { where: string[]; values: SqlValue[] } {
  const where: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: string, ...given: SqlValue[]) => {
    where.push(condition);
    values.push(...given);
  };
  if (filter.from !== undefined) add(`${key} >= ? * 1000`, Math.ceil(filter.from));
  if (filter.to !== undefined) add(`${key} < ? * 1000`, Math.ceil(filter.to));
  if (filter.direction !== undefined) add('c.direction = ?', filter.direction);
  if (filter.lineId !== undefined) add('c.line IN (SELECT key FROM call_line WHERE line_id = ?)', filter.lineId);
  if (filter.partyKey !== undefined) add('c.party_key = ?', filter.partyKey);
  if (filter.disposition !== undefined) add('c.disposition = ?', filter.disposition);
  // Lets SQLite use the index of all that were not answered.
  if (filter.disposition !== undefined && filter.disposition !== 'answered') add("c.disposition <> 'answered'");
  if (filter.talked !== undefined) add('c.talked = ?', filter.talked ? 1 : 0);
  if (filter.internal !== undefined) add('c.internal = ?', filter.internal ? 1 : 0);
  if (filter.hour !== undefined) add(`${zone} / 3600000 % 24 = ?`, filter.hour);
  if (filter.outcome !== undefined) add('a.outcome = ?', filter.outcome);
  if (filter.followUp !== undefined) add(is(followUp, filter.followUp));
  if (filter.missedOpen !== undefined) add(is(missedOpen, filter.missedOpen));
  return { where, values };
}

function branchesOf(filter: CallFilter, people: PeopleIndex): Branch[] {
  const text = filter.text === undefined ? [everything()] : byText(filter.text);
  if (filter.personId === undefined) return text;
  // Whoever was merged into another since is known by the other's id, and so are the calls that were linked.
  const now = people.person(filter.personId)?.id ?? filter.personId;
  const persons = byPerson([...new Set([filter.personId, now])], people.keysOf(filter.personId));
  return text.flatMap((branch) =>
    persons.map((person) => ({
      ...(branch.from === null ? person : branch),
      where: [...branch.where, ...person.where],
      values: [...branch.values, ...person.values],
    })),
  );
}

function sequences(branch: Branch, filter: CallFilter, after: number | null): SqlPart & { key: string } {
  const { from, key, where, values } = led(branch, filter);
  const { where: more, values: moreValues } = conditions(filter, key);
  const all = [...where, ...more, ...(after === null ? [] : [`${key} < ?`])];
  const asks = (alias: string) =>
    all.some((condition) => condition.includes(`${alias}.`)) && !from?.endsWith(` ${alias}`);
  const joined = from === null || asks('c') || asks('a') || asks('m');
  const tables = [
    from ?? 'call_record AS c',
    from !== null && joined ? `CROSS JOIN call_record AS c ON c.sequence = ${key}` : '',
    asks('a') ? 'LEFT JOIN call_annotation AS a ON a.sequence = c.sequence' : '',
    asks('m') ? 'LEFT JOIN missed_call AS m ON m.sequence = c.sequence' : '',
  ];
  const filtered = all.length > 0 ? `WHERE ${all.join(' AND ')}` : '';
  return {
    key,
    sql: `SELECT ${key} AS sequence FROM ${tables.join(' ')} ${filtered}`,
    values: [...values, ...moreValues, ...(after === null ? [] : [after])],
  };
}

/** `SELECT` of the sequences that the filter lets through, newest first, below `after`, no more than `limit` of each way. */
export function pageSql(filter: CallFilter, people: PeopleIndex, after: number | null, limit: number): SqlPart {
  const parts = branchesOf(filter, people).map((branch) => sequences(branch, filter, after));
  const newest = parts.map(({ sql, key }) => `SELECT sequence FROM (${sql} ORDER BY ${key} DESC LIMIT ?)`);
  return { sql: newest.join(' UNION '), values: parts.flatMap(({ values }) => [...values, limit]) };
}

export function countSql(filter: CallFilter, people: PeopleIndex): SqlPart {
  const parts = branchesOf(filter, people).map((branch) => sequences(branch, filter, null));
  const union = parts.map(({ sql }) => sql).join(' UNION ');
  return { sql: `SELECT count(*) AS count FROM (${union})`, values: parts.flatMap(({ values }) => values) };
}
