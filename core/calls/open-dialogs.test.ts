import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#core/foundation/index.ts';
import { memoryDialog } from '#core/sip/memory-user-agent.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { MemoryOpenDialogs } from './memory-open-dialogs.ts';
import { openDialogsSchema } from './open-dialogs-schema.ts';
import type { OpenDialog, OpenDialogs } from './open-dialogs.ts';
import { SqliteOpenDialogs } from './sqlite-open-dialogs.ts';

const openOf = (callId: string, changes: Partial<OpenDialog> = {}): OpenDialog => ({
  callId,
  lineId: 'line-1',
  keptAt: 1_767_225_600_000,
  dialog: memoryDialog(`sip-${callId}`),
  ...changes,
});

/** `restart`: as after a crash, the same data, seen by a new program. */
function describeOpenDialogs(name: string, open: () => { dialogs: OpenDialogs; restart(): OpenDialogs }): void {
  describe(`open dialogs ${name}`, () => {
    it('are given to the next run as they were, oldest first', async () => {
      const { dialogs, restart } = open();
      const routeSet = ['<sip:192.0.2.1;lr;x="a, b">', '<sip:192.0.2.3:5070;transport=tcp;lr>'];
      const routed = openOf('1', { keptAt: 20, dialog: { ...memoryDialog('Вызов "1"'), routeSet, localSequence: 0 } });
      await dialogs.keep(routed);
      await dialogs.keep(openOf('2', { keptAt: 10 }));
      expect(await restart().left()).toEqual([openOf('2', { keptAt: 10 }), routed]);
    });

    it('of this run are left by nobody', async () => {
      const { dialogs, restart } = open();
      await dialogs.keep(openOf('1'));
      expect(await dialogs.left()).toEqual([]);
      const next = restart();
      await next.keep(openOf('2'));
      expect((await next.left()).map(({ callId }) => callId)).toEqual(['1']);
    });

    it('are kept as they were last', async () => {
      const { dialogs, restart } = open();
      const moved = openOf('1', { dialog: { ...memoryDialog('sip-1'), remoteTarget: 'sip:desk@192.0.2.9' } });
      void dialogs.keep(openOf('1'));
      await dialogs.keep(moved);
      expect(await restart().left()).toEqual([moved]);
    });

    it('are forgotten with their call, in whatever run that is', async () => {
      const { dialogs, restart } = open();
      for (const callId of ['1', '2']) void dialogs.keep(openOf(callId));
      await dialogs.forget('1');
      await dialogs.forget('unknown');
      const next = restart();
      expect((await next.left()).map(({ callId }) => callId)).toEqual(['2']);
      await next.forget('2');
      expect(await next.left()).toEqual([]);
    });
  });
}

describeOpenDialogs('in memory', () => {
  const dialogs = new MemoryOpenDialogs();
  return { dialogs, restart: () => dialogs.restart() };
});

describe('with a database', () => {
  let directory: string;
  let database: WorkerDatabase;
  const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
  beforeAll(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-dialogs-'));
    database = new WorkerDatabase({
      file: path.join(directory, 'dialogs.sqlite'),
      parts: [openDialogsSchema],
      workerEntry,
      clock: systemClock,
    });
  });
  beforeEach(() => database.execute('DELETE FROM open_dialog'));
  afterEach(() => expect(database.problem).toBeNull());
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  let runs = 0;
  const nextRun = () => new SqliteOpenDialogs({ database, run: `run-${++runs}` });
  describeOpenDialogs('in SQLite', () => ({ dialogs: nextRun(), restart: nextRun }));
});
