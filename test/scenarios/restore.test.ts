import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { answered } from '#core/call-log/call-archive.test-support.ts';
import { openDesk, type TestDesk } from '#core/housekeeping/housekeeping.test-support.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(async () => {
  await desk.close();
  desk.remove();
});

describe('restoring a backup', { timeout: 30_000 }, () => {
  it('replaces nothing while calls are written that neither the backup nor the saved state would hold', async () => {
    for (const count of [1, 2, 3]) await desk.log.record(answered(count));
    const { file } = await desk.housekeeping.backUp({ recordings: false });
    let over = false;
    const outcome = desk.housekeeping.restore(file).then(
      () => 'restored',
      (error: unknown) => error,
    );
    void outcome.finally(() => (over = true));
    let written = 0;
    for (; !over; written += 1) await desk.log.record(answered(0, { id: `meanwhile-${written}` }));
    expect(await outcome).toMatchObject({ code: 'records.changed' });
    expect(await desk.archive.count({})).toBe(3 + written);
    expect(existsSync(`${desk.file}.restored`)).toBe(false);
    await desk.housekeeping.restore(file);
    expect(await desk.archive.count({})).toBe(3);
  });

  it('has whoever else uses the database let go of it, and come back whatever happens', async () => {
    await desk.log.record(answered(1));
    const { file } = await desk.housekeeping.backUp({ recordings: false });
    await desk.housekeeping.restore(file);
    expect(desk.state.others).toEqual(['let go', 'reload']);
    const { replaceWith } = desk.database;
    desk.database.replaceWith = () => Promise.reject(new OffhookError('storage.failed'));
    await expect(desk.housekeeping.restore(file)).rejects.toMatchObject({ code: 'storage.failed' });
    desk.database.replaceWith = replaceWith;
    expect(desk.state.others).toEqual(['let go', 'reload', 'let go', 'reload']);
  });
});
