import { existsSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { SchemaPart, SqlValue, Statement, StatementResult } from './database.ts';
import { openSqlite, openToRead } from './open-sqlite.ts';
import { ReadingCopy } from './reading-copy.ts';
import { moveDatabase, removeDatabase, setAside } from './set-aside.ts';
import { salvageFirst } from './jobs/salvage.ts';
import { StatementCache } from './statement-cache.ts';
import { toStorageError } from './storage-error.ts';

export interface SqliteFileOptions {
  file: string;
  parts: readonly SchemaPart[];
  /** Leaves a damaged file to whoever writes it. */
  readOnly: boolean;
  /** Unix ms. */
  now: () => number;
  onProblem: (problem: ErrorReport | null) => void;
  /** A new file was begun in the place of a damaged one. */
  onReplaced: () => void;
}

interface Opened {
  handle: BetterSqlite3.Database;
  statements: StatementCache;
}

const retryMilliseconds = 1000;

/** Where the file lies while another one takes its place. */
function beforeOf(file: string): string {
  return `${file}.before`;
}

function isReadOnly(error: unknown): boolean {
  if (!(error instanceof OffhookError)) return false;
  // SQLite has no better word where the file may be written and the folder may not.
  return error.code === 'storage.read-only' || /^SQLITE_CANTOPEN/.test(error.detail ?? '');
}

/**
 * The database file, blocking: lives in the storage worker. A damaged file is set aside and a new one begun; one that
 * cannot be opened or written is tried again later.
 */
export class SqliteFile {
  private readonly options: SqliteFileOptions;
  private opened: Opened | null = null;
  private readingCopy: ReadingCopy | null = null;
  private failure: { error: OffhookError; until: number } | null = null;
  private damage: ErrorReport | null = null;
  private hindrance: ErrorReport | null = null;

  constructor(options: SqliteFileOptions) {
    this.options = options;
  }

  get problem(): ErrorReport | null {
    return this.hindrance ?? this.damage;
  }

  /** A file that can be read but not opened to write is read from a copy of it. */
  query(sql: string, values: readonly SqlValue[]): unknown[] {
    try {
      return this.attempt((opened) => opened.statements.all(sql, values));
    } catch (error) {
      const copy = this.opened || this.options.readOnly || !isReadOnly(error) ? null : this.takeReadingCopy();
      if (!copy) throw error;
      return copy.all(sql, values);
    }
  }

  /** One statement is a transaction already. */
  transaction(statements: readonly Statement[]): StatementResult[] {
    const results = this.attempt(({ handle, statements: cache }) => {
      const all = () => statements.map((statement) => cache.run(statement.sql, statement.values ?? []));
      return statements.length === 1 ? all() : handle.transaction(all).immediate();
    });
    this.hinder(null);
    return results;
  }

  /** Opens the file if it is not open, so that the first record need not wait for that. */
  open(): void {
    const { file } = this.options;
    // The program may have died after one file had left its place and before the other had come to it.
    if (!existsSync(file)) moveDatabase(beforeOf(file), file);
    this.attempt(() => null);
  }

  close(): void {
    this.opened?.handle.close();
    this.opened = null;
    this.readingCopy?.dispose();
    this.readingCopy = null;
  }

  /** Another file takes the place of this one; if it cannot be opened, this one comes back. */
  replaceWith(source: string): void {
    const { file } = this.options;
    // Nothing in its place would be an empty one.
    if (!existsSync(source))
      throw new OffhookError('storage.failed', { values: { file: source }, detail: 'not there' });
    const before = beforeOf(file);
    this.close();
    removeDatabase(before);
    moveDatabase(file, before);
    try {
      moveDatabase(source, file);
      this.openNow();
    } catch (thrown) {
      this.close();
      removeDatabase(file);
      moveDatabase(before, file);
      throw toStorageError(thrown, source);
    }
    removeDatabase(before);
    this.damage = null;
    this.options.onReplaced();
    this.options.onProblem(this.problem);
  }

  condemn(detail: string): void {
    this.replace(new OffhookError('storage.corrupt', { values: { file: this.options.file }, detail }));
  }

  private takeReadingCopy(): ReadingCopy | null {
    const { file, parts } = this.options;
    this.readingCopy ??= ReadingCopy.take(file, parts);
    return this.readingCopy;
  }

  private attempt<T>(run: (opened: Opened) => T): T {
    try {
      return run(this.ensureOpen());
    } catch (thrown) {
      const error = toStorageError(thrown, this.options.file);
      if (error.code !== 'storage.corrupt' || !this.opened || this.options.readOnly) throw this.failed(error, thrown);
      this.replace(error);
    }
    try {
      return run(this.ensureOpen());
    } catch (thrown) {
      throw this.failed(toStorageError(thrown, this.options.file), thrown);
    }
  }

  private ensureOpen(): Opened {
    if (this.opened) return this.opened;
    if (this.failure && this.options.now() < this.failure.until) throw this.failure.error;
    try {
      return this.openNow();
    } catch (thrown) {
      const error = toStorageError(thrown, this.options.file);
      if (error.code !== 'storage.corrupt' || this.options.readOnly) throw this.postpone(error);
      this.replace(error);
      return this.opened ?? this.openNow();
    }
  }

  private openNow(): Opened {
    const { file, parts, readOnly } = this.options;
    const handle = readOnly ? openToRead(file) : openSqlite(file, parts);
    this.opened = { handle, statements: new StatementCache(handle) };
    this.readingCopy?.dispose();
    this.readingCopy = null;
    this.failure = null;
    this.hinder(null);
    return this.opened;
  }

  private replace(error: OffhookError): void {
    try {
      this.close();
      const copy = setAside(this.options.file, this.options.now());
      this.damage = { code: 'storage.corrupt', values: { file: this.options.file, copy }, detail: error.detail };
      salvageFirst(this.openNow().handle, copy, this.options.parts);
    } catch (thrown) {
      throw this.postpone(toStorageError(thrown, this.options.file));
    }
    this.options.onReplaced();
    this.options.onProblem(this.problem);
  }

  private postpone(error: OffhookError): OffhookError {
    // A later program's file stays one, however often it is tried.
    const wait = error.code === 'storage.newer' ? Infinity : retryMilliseconds;
    this.failure = { error, until: this.options.now() + wait };
    this.hinder(toReport(error));
    return error;
  }

  private failed(error: OffhookError, thrown: unknown): OffhookError {
    if (error.code === 'storage.full' || error.code === 'storage.read-only') this.hinder(toReport(error));
    // After an input/output error SQLite's view of the file can no longer be trusted: begin anew next time.
    const code = String((thrown as { code?: unknown })?.code ?? '');
    if (/^SQLITE_(IOERR|CANTOPEN|READONLY_DBMOVED)/.test(code)) {
      this.hinder(toReport(error));
      this.close();
    }
    return error;
  }

  private hinder(report: ErrorReport | null): void {
    if (JSON.stringify(report) === JSON.stringify(this.hindrance)) return;
    this.hindrance = report;
    this.options.onProblem(this.problem);
  }
}
