import type { ReportFilter, ReportGrain } from '#contract/ipc/index.ts';
import type { SqlValue } from '#core/storage/index.ts';
import { callsForName, hour, quarter } from './call-reports.ts';
import type { DayRange } from './report-spans.ts';
import type { SqlPart } from './call-query-sql.ts';

interface Condition {
  where: string;
  values: SqlValue[];
}

/** Of `t`, a row of a table that has line, direction and internal; `kept` holds for it whatever is asked. */
function filtered(filter: ReportFilter, kept: string, ...given: SqlValue[]): Condition {
  const where = [kept];
  const values = [...given];
  const add = (condition: string, value: SqlValue) => {
    where.push(condition);
    values.push(value);
  };
  if (filter.lineId !== undefined) add('t.line IN (SELECT key FROM call_line WHERE line_id = ?)', filter.lineId);
  if (filter.direction !== undefined) add('t.direction = ?', filter.direction);
  if (filter.internal !== undefined) add('t.internal = ?', filter.internal ? 1 : 0);
  return { where: where.join(' AND '), values };
}

const dayOf = '(t.sequence / 1000 + t.zone_offset_minutes * 60000) / 86400000';
/** No zone is farther from UTC than a day, so that the order of the rows, which is that of time, narrows them first. */
function ofRecords(filter: ReportFilter, { from, to }: DayRange): Condition {
  const within = `t.sequence BETWEEN ? * 86400000000 AND ? * 86400000000 AND ${dayOf} BETWEEN ? AND ?`;
  return filtered(filter, `t.disposition IS NOT NULL AND ${within}`, from - 1, to + 2, from, to);
}

function counts(times: string): string {
  const sum = (condition: string, value = times) => `sum(iif(${condition}, ${value}, 0))`;
  const incoming = "t.direction = 'incoming'";
  return `sum(${times}) AS calls, ${sum(incoming)} AS incoming, ${sum(`${incoming} AND t.talked`)} AS answered,
    ${sum("t.disposition = 'missed'")} AS missed, ${sum(`t.direction = 'outgoing' AND t.talked`)} AS reached,
    ${sum(`${incoming} AND t.talked`, 't.waiting')} AS waiting, sum(t.talking) AS talking`;
}
const counted = ['calls', 'incoming', 'answered', 'missed', 'reached', 'waiting', 'talking'];
const summed = counted.map((name) => `sum(${name}) AS ${name}`).join(', ');

/** First day of the span that the day lies in. */
const spanStart: Record<ReportGrain, string> = {
  day: 'day',
  week: 'day - (day + 3) % 7',
  month: "CAST(strftime('%s', day * 86400, 'unixepoch', 'start of month') AS INTEGER) / 86400",
};

/** Of everything, as one row. */
export function totalSql(filter: ReportFilter, { from, to }: DayRange): SqlPart {
  const { where, values } = filtered(filter, 't.day BETWEEN ? AND ?', from, to);
  return { sql: `SELECT ${counts('t.calls')} FROM call_tally AS t WHERE ${where}`, values };
}

export function hoursSql(filter: ReportFilter, { from, to }: DayRange): SqlPart {
  const { where, values } = filtered(filter, 't.day BETWEEN ? AND ?', from, to);
  return { sql: `SELECT t.hour, ${counts('t.calls')} FROM call_tally AS t WHERE ${where} GROUP BY t.hour`, values };
}

export function daysSql(filter: ReportFilter, { from, to }: DayRange, grain: ReportGrain): SqlPart {
  const { where, values } = filtered(filter, 't.day BETWEEN ? AND ?', from, to);
  const byDay = `SELECT t.day, ${counts('t.calls')} FROM call_tally AS t WHERE ${where} GROUP BY t.day`;
  return { sql: `SELECT ${spanStart[grain]} AS start, ${summed} FROM (${byDay}) GROUP BY start`, values };
}

/** A line that was renamed is one line, under the name that it got last. */
export function linesSql(filter: ReportFilter, { from, to }: DayRange): SqlPart {
  const { where, values } = filtered(filter, 't.day BETWEEN ? AND ?', from, to);
  const byKey = `SELECT t.line, ${counts('t.calls')} FROM call_tally AS t WHERE ${where} GROUP BY t.line`;
  const label = '(SELECT label FROM call_line AS named WHERE named.line_id = l.line_id ORDER BY key DESC LIMIT 1)';
  const sql = `SELECT l.line_id AS lineId, ${label} AS label, ${summed}
    FROM (${byKey}) AS t JOIN call_line AS l ON l.key = t.line GROUP BY l.line_id ORDER BY calls DESC, lineId LIMIT 400`;
  return { sql, values };
}

/**
 * Parties with their persons from `owners`, and before them, without a key, everybody together. A call that was linked
 * to a person by hand is counted for the person, not for its number.
 */
export function peopleSql(filter: ReportFilter, range: DayRange, owners: string, limit: number): SqlPart {
  const { where, values } = ofRecords(filter, range);
  const total = totalSql(filter, range);
  const names = counted.join(', ');
  // Whole parties lie together in the index: nothing is sorted, and no record is looked up.
  const parties = `SELECT t.party_key, ${counts('1')} FROM call_record AS t INDEXED BY call_record_party
    WHERE t.party_key IS NOT NULL AND ${where.replace('t.sequence', '+t.sequence')} GROUP BY t.party_key`;
  const linked = `SELECT t.party_key, a.person_id, ${counts('1')} FROM call_annotation AS a
    CROSS JOIN call_record AS t ON t.sequence = a.sequence
    WHERE a.person_id IN (SELECT person_id FROM ${owners}) AND ${where} GROUP BY t.party_key, a.person_id`;
  const less = counted.map((name) => `-${name}`).join(', ');
  const sql = `WITH linked AS MATERIALIZED (${linked}), parts AS (
      SELECT o.person_id, p.party_key, ${names} FROM (${parties}) AS p LEFT JOIN ${owners} AS o USING (party_key)
      UNION ALL SELECT o.person_id, l.party_key, ${less} FROM linked AS l LEFT JOIN ${owners} AS o USING (party_key)
        WHERE l.party_key IS NOT NULL
      UNION ALL SELECT person_id, NULL, ${names} FROM linked)
    SELECT NULL AS personId, NULL AS partyKey, NULL AS ownKey, * FROM (${total.sql})
    UNION ALL SELECT * FROM (
      SELECT person_id AS personId, iif(person_id IS NULL, party_key, NULL) AS partyKey, min(party_key) AS ownKey, ${summed}
      FROM parts GROUP BY person_id, iif(person_id IS NULL, party_key, NULL) HAVING sum(calls) > 0
      ORDER BY calls DESC, coalesce(personId, partyKey) LIMIT ?)`;
  return { sql, values: [...values, ...values, ...total.values, limit] };
}

/** The name heard last and the number of the last call, of each of the parties in the JSON array given. */
export const namesSql = `SELECT key.value AS partyKey,
    (SELECT name FROM (SELECT name, sequence FROM call_record WHERE party_key = key.value ORDER BY sequence DESC
      LIMIT ${callsForName}) WHERE name IS NOT NULL ORDER BY sequence DESC LIMIT 1) AS name,
    (SELECT display FROM call_record WHERE party_key = key.value ORDER BY sequence DESC LIMIT 1) AS display
  FROM json_each(?) AS key`;

/** Missed calls of each span (`null`: of all), by nearest rank where a share of them is asked for. */
export function callbacksSql(filter: ReportFilter, range: DayRange, grain: ReportGrain | null): SqlPart {
  const { where, values } = ofRecords(filter, range);
  const start = grain === null ? '0' : spanStart[grain];
  const each = `SELECT ${dayOf} AS day, m.handled_at, m.handled_by,
      iif(m.handled_by IS NULL, NULL, m.handled_at - t.sequence / 1000) AS time
    FROM missed_call AS m CROSS JOIN call_record AS t ON t.sequence = m.sequence WHERE ${where}`;
  const ranked = `SELECT *, row_number() OVER (PARTITION BY start ORDER BY time NULLS LAST) AS place,
      count(time) OVER (PARTITION BY start) AS times FROM (SELECT ${start} AS start, * FROM (${each}))`;
  const nearest = (percent: number) => `max(iif(place = (times * ${percent} + 99) / 100, time, NULL))`;
  const sql = `SELECT start, count(*) AS missed, count(handled_by) AS calledBack,
      count(handled_at) - count(handled_by) AS settled, ${nearest(50)} AS medianTime, ${nearest(90)} AS ninetiethTime,
      sum(coalesce(time <= ${quarter}, 0)) AS inQuarter, sum(coalesce(time <= ${hour}, 0)) AS inHour
    FROM (${ranked}) GROUP BY start`;
  return { sql, values };
}
