import { expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { recoverRecords } from './recover-records.ts';

it('brings up people and reminders also where the calls left open cannot be closed, one after the other', async () => {
  const done: string[] = [];
  const step = (name: string, failure?: Error) => ({
    name,
    async run() {
      await Promise.resolve();
      if (failure) throw failure;
      done.push(name);
    },
  });
  await recoverRecords(
    [step('calls', new OffhookError('storage.full')), step('people'), step('reminders')],
    silentLogger,
  );
  expect(done).toEqual(['people', 'reminders']);
});
