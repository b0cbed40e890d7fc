import type { CallFilter, CallPage } from '#contract/ipc/index.ts';
import type { PeopleIndex } from '#core/contacts/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { CallQuery } from './call-archive.ts';
import { countSql, pageSql } from './call-query-sql.ts';
import { loggedCallSelect, toLoggedCall, type LoggedCallRow } from './logged-call-row.ts';

/** Whatever answers questions about the call log's tables: the agent's database, or a connection of a worker's own. */
type Reader = Pick<Database, 'read'>;

export async function readPage(reader: Reader, people: PeopleIndex, query: CallQuery): Promise<CallPage> {
  const { filter, after, limit } = query;
  const { sql, values } = pageSql(filter, people, after === null ? null : Number(after), limit + 1);
  const page = `${loggedCallSelect} WHERE c.sequence IN (${sql}) ORDER BY c.sequence DESC LIMIT ?`;
  const rows = await reader.read<LoggedCallRow>(page, [...values, limit + 1]);
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? String(shown.at(-1)?.sequence) : null;
  return { calls: shown.map((row) => toLoggedCall(row, people)), next };
}

export async function countCalls(reader: Reader, people: PeopleIndex, filter: CallFilter): Promise<number> {
  const { sql, values } = countSql(filter, people);
  const [row] = await reader.read<{ count: number }>(sql, values);
  return row?.count ?? 0;
}
