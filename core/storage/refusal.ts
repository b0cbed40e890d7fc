import type { ErrorReport } from '#contract/errors.ts';

/** True when the database is well and what was to be written is not: asking again will not help. */
export function isRefusal({ code, detail }: ErrorReport): boolean {
  // Result codes of SQLite, and what better-sqlite3 says of values that it cannot bind.
  return (
    code === 'storage.failed' &&
    /^(SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|.*(can only bind|value is out of range))/.test(detail ?? '')
  );
}
