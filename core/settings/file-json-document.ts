import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import { Emitter, type Clock } from '#core/foundation/index.ts';
import type { JsonDocument, JsonObject } from './json-document.ts';
import { replaceFile } from './replace-file.ts';

const maximumBytes = 4 * 1024 * 1024;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A JSON file for the user alone (0600; on Windows the profile's access list), replaced as a whole. One that is
 * damaged is set aside as `name.corrupt-N.json` and told of.
 */
export class FileJsonDocument implements JsonDocument {
  private readonly file: string;
  private readonly clock: Clock;
  private readonly unsavedEmitter = new Emitter<ErrorReport | null>();
  private current: JsonObject = {};
  private writing: Promise<void> | null = null;
  private next: Promise<void> | null = null;
  damage: ErrorReport | null = null;
  unsaved: ErrorReport | null = null;

  readonly onUnsaved = this.unsavedEmitter.event;

  /** Reads at once: what it holds is wanted before anything else can start, and is small. */
  constructor(options: { file: string; clock: Clock }) {
    this.file = options.file;
    this.clock = options.clock;
    this.load();
  }

  get value(): JsonObject {
    return this.current;
  }

  /** Writes that come while one is under way are made together, by the last value. */
  write(value: JsonObject): Promise<void> {
    this.current = structuredClone(value);
    if (!this.writing) return this.begin();
    this.next ??= this.writing.then(
      () => this.begin(),
      () => this.begin(),
    );
    return this.next;
  }

  private begin(): Promise<void> {
    this.next = null;
    const run = this.save().finally(() => {
      if (this.writing === run) this.writing = null;
    });
    this.writing = run;
    return run;
  }

  private async save(): Promise<void> {
    try {
      await replaceFile(this.file, `${JSON.stringify(this.current, null, 2)}\n`, this.clock);
      this.setUnsaved(null);
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      const error = new OffhookError('settings.not-saved', { values: { file: this.file }, detail, cause });
      this.setUnsaved(toReport(error));
      throw error;
    }
  }

  private load(): void {
    if (!existsSync(this.file)) return;
    try {
      if (statSync(this.file).size > maximumBytes) throw new Error('larger than 4 MB');
      if (process.platform !== 'win32') this.keepPrivate();
      const value: unknown = JSON.parse(readFileSync(this.file, 'utf8').replace(/^\uFEFF/, ''));
      if (!isObject(value)) throw new Error('not a JSON object');
      this.current = value;
    } catch (error) {
      const detail = error instanceof SyntaxError ? 'not JSON' : error instanceof Error ? error.message : String(error);
      this.damage = { code: 'settings.corrupt', values: { file: this.file, copy: this.setAside() }, detail };
    }
  }

  private keepPrivate(): void {
    if ((statSync(this.file).mode & 0o077) !== 0) chmodSync(this.file, 0o600);
  }

  private setAside(): string {
    const { dir, name, ext } = path.parse(this.file);
    let count = 1;
    while (existsSync(path.join(dir, `${name}.corrupt-${count}${ext}`))) count += 1;
    const copy = path.join(dir, `${name}.corrupt-${count}${ext}`);
    try {
      renameSync(this.file, copy);
      return copy;
    } catch {
      return this.copy(copy);
    }
  }

  private copy(copy: string): string {
    try {
      copyFileSync(this.file, copy);
      return copy;
    } catch {
      // Nothing can be written here, so the damaged file itself stays too: that is the copy.
      return this.file;
    }
  }

  private setUnsaved(report: ErrorReport | null): void {
    if (report === null && this.unsaved === null) return;
    this.unsaved = report;
    this.unsavedEmitter.fire(report);
  }
}
