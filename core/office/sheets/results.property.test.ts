import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { DirectDatabase } from '#core/storage/direct-database.test-support.ts';
import { resultCells } from './journal/result-cells.ts';
import { SheetJournal } from './journal/sheet-journal.ts';
import { SqliteSheetStore } from './journal/sqlite-sheet-store.ts';
import { WriteBack } from './journal/write-back.ts';
import { MemoryWorkbookWriter } from './memory-workbook-writer.ts';
import { placeOf, resultColumns } from './reading/sheet-reader.test-support.ts';

const place = placeOf('/клиенты.xlsx');
const keys = ['a', 'b', 'c'];
type Step =
  | { kind: 'result'; key: string; outcome: string; note: string }
  | { kind: 'lock' | 'free' | 'crash' | 'flush' | 'restart' }
  | { kind: 'edit'; key: string; text: string }
  | { kind: 'remove'; key: string }
  | { kind: 'resolve'; keep: 'ours' | 'theirs' };

const key = fc.constantFrom(...keys);
const word = fc.constantFrom('да', 'нет', 'потом');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('result' as const), key, outcome: word, note: word }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('lock', 'free', 'crash', 'flush', 'restart') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), key, text: word }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), key }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('resolve' as const), keep: fc.constantFrom('ours', 'theirs') }),
  },
) as fc.Arbitrary<Step>;

/** An office with one sheet, that may be switched off at any moment. */
class Office {
  readonly clock = new FakeClock();
  readonly writer = new MemoryWorkbookWriter(() => this.clock.now());
  readonly database: DirectDatabase;
  journal!: SheetJournal;
  writeBack!: WriteBack;
  /** Results said last of each row, with what the user dropped taken out. */
  readonly said = new Map<string, string>();

  constructor(file: string) {
    this.database = new DirectDatabase(file, agentSchema);
    const cells = () => new Map(Object.values(resultColumns).map((heading) => [heading, '']));
    this.writer.sheets.set(
      `${place.path}\n${place.sheet}`,
      new Map(keys.map((each, index) => [each, { row: index + 2, cells: cells() }])),
    );
  }

  get sheet() {
    return this.writer.sheets.get(`${place.path}\n${place.sheet}`)!;
  }

  async start(): Promise<void> {
    const { clock, writer } = this;
    const store = new SqliteSheetStore({ database: this.database });
    this.journal = new SheetJournal({ store, clock, country: () => 'RU' });
    await this.journal.load();
    this.writeBack = new WriteBack({
      ...{ journal: this.journal, writer, clock, logger: silentLogger },
      placeOf: () => place,
      written: () => undefined,
      watch: () => ({ dispose: () => undefined }),
      problems: new ProblemBoard(clock, silentLogger),
    });
  }

  async take(next: Step): Promise<void> {
    const locked = new OffhookError('sheet.locked');
    if (next.kind === 'lock') this.writer.failures.set(place.path, locked);
    else if (next.kind === 'free') this.writer.failures.clear();
    else if (next.kind === 'crash') this.writer.crash = new Error('killed');
    else if (next.kind === 'flush') await this.writeBack.flush(place.path);
    else if (next.kind === 'restart') await this.restart();
    else if (next.kind === 'edit') this.sheet.get(next.key)?.cells.set('Статус', `сам: ${next.text}`);
    else if (next.kind === 'remove') this.sheet.delete(next.key);
    else if (next.kind === 'resolve') await this.resolve(next.keep);
    else if (next.kind === 'result') await this.record(next);
  }

  /** As after a kill: what was under way is never heard of again. */
  async restart(): Promise<void> {
    await this.writeBack.stop();
    this.writer.crash = null;
    await this.start();
    void this.writeBack.flushAll();
  }

  private async resolve(keep: 'ours' | 'theirs'): Promise<void> {
    const conflicts = this.journal.conflicts(place.id);
    if (keep === 'theirs') for (const conflict of conflicts) this.said.delete(conflict.key);
    await this.journal.resolve(
      conflicts.map(({ id }) => id),
      keep,
    );
  }

  private async record({ key: rowKey, outcome, note }: Extract<Step, { kind: 'result' }>): Promise<void> {
    const row = this.sheet.get(rowKey);
    const result = { outcome, note, calledAt: this.clock.now(), followUpAt: null };
    const textOf = (heading: string) => row?.cells.get(heading) ?? '';
    await this.journal.keep(
      { sheetId: place.id, key: rowKey, row: row?.row ?? null, name: rowKey },
      (before) => resultCells(result, { results: resultColumns, textOf, before, written: null }),
      {
        row: { sheetId: place.id, key: rowKey, calledAt: null, skippedAt: null, result, callId: null },
        call: null,
      },
    );
    this.said.set(rowKey, outcome);
    this.clock.advance(60_000);
    // Nobody waits for it; the next step may come in the middle.
    void this.writeBack.flush(place.path);
  }
}

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-results-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('every result is written once or stands as a conflict, whatever comes between', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const office = new Office(path.join(folder, `${++runs}.sqlite`));
      await office.start();
      for (const next of steps) await office.take(next);
      office.writer.failures.clear();
      await office.restart();
      await office.writeBack.flush(place.path);
      await office.writeBack.stop();

      expect(office.journal.waiting(place.id)).toEqual([]);
      expect(office.writer.mostRunning).toBeLessThanOrEqual(1);
      const conflicts = new Map(office.journal.conflicts(place.id).map((change) => [change.key, change]));
      for (const [rowKey, outcome] of office.said) {
        const conflict = conflicts.get(rowKey);
        const said = conflict?.cells.find(({ heading }) => heading === 'Статус')?.value;
        if (said) expect(said).toEqual({ kind: 'text', text: outcome });
        // Somebody may have written over it since, or removed the row.
        else
          expect(office.writer.log.findLast((each) => each.key === rowKey && each.heading === 'Статус')?.text).toBe(
            outcome,
          );
      }
      // Nothing is written that says what is there already: a result that was tried twice is in the log once.
      for (const [index, { key: rowKey, heading, text }] of office.writer.log.entries()) {
        const before = office.writer.log
          .slice(0, index)
          .findLast((each) => each.key === rowKey && each.heading === heading);
        if (heading === 'Дата звонка') expect(before?.text).not.toBe(text);
      }
      await office.database.close();
    }),
    { numRuns: 30 },
  );
}, 30_000);
