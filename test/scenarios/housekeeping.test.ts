import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account } from '#contract/ipc/index.ts';
import { answered, idsOf, start } from '#core/call-log/call-archive.test-support.ts';
import { openDesk, type TestDesk } from '#core/housekeeping/housekeeping.test-support.ts';

const day = 86_400_000;
const ivan = '+79161112233';
let desk: TestDesk;
let others: TestDesk[];

beforeEach(() => {
  others = [];
  desk = openDesk();
});
afterEach(async () => {
  for (const each of [desk, ...others]) await each.close();
  for (const each of [desk, ...others]) each.remove();
});

/** One call a day, the last yesterday. */
async function callsOfDays(count: number): Promise<void> {
  for (let back = 1; back <= count; back += 1) {
    const offeredAt = desk.fake.now() - back * day;
    await desk.log.record(
      answered(0, { id: `back-${back}`, offeredAt, answeredAt: offeredAt, endedAt: offeredAt + 1000 }),
    );
    desk.shelf.recordings.push({ callId: `back-${back}`, startedAt: offeredAt, bytes: 1000 });
  }
}

describe('retention', { timeout: 30_000 }, () => {
  it('warns for seven days that are lived through, then deletes what was told, recordings along, and keeps the counts', async () => {
    await callsOfDays(20);
    await desk.stores.settings.set({ keepCallsDays: 10 });
    const { warning } = await desk.housekeeping.status();
    expect(warning).toMatchObject({ calls: 10, recordings: 10, recordingBytes: 10_000, daysLeft: 7 });
    desk.housekeeping.start();
    const left: (number | undefined)[] = [];
    for (let days = 1; days <= 7; days += 1) {
      desk.fake.advance(day);
      left.push((await desk.housekeeping.status()).warning?.daysLeft);
      if (days < 7) expect(await desk.archive.count({})).toBe(20);
    }
    expect(left).toEqual([6, 5, 4, 3, 2, 1, 0]);
    const anHourLater = () => {
      desk.fake.advance(3_600_000);
      return desk.archive.count({});
    };
    await expect.poll(anHourLater, { timeout: 10_000 }).toBe(10);
    await expect
      .poll(async () => (await desk.housekeeping.status()).lastRemoval)
      .toMatchObject({ calls: 10, recordings: 10, recordingBytes: 10_000 });
    expect(desk.shelf.recordings).toHaveLength(10);
  });

  it('deletes nothing by a clock that is years ahead, and nothing more once it is right again', async () => {
    await callsOfDays(5);
    await desk.stores.settings.set({ keepCallsDays: 365 });
    expect((await desk.housekeeping.status()).warning).toBeNull();
    desk.fake.setBack(-10 * 365 * day);
    expect((await desk.housekeeping.status()).warning).toMatchObject({ calls: 5, daysLeft: 7 });
    for (let jump = 1; jump < 20; jump += 1) {
      desk.fake.setBack(-day);
      expect((await desk.housekeeping.status()).warning?.daysLeft).toBe(7);
    }
    desk.fake.setBack(10 * 365 * day + 19 * day);
    expect((await desk.housekeeping.status()).warning).toBeNull();
  });

  it('deletes at once when told so, and never when told to keep', async () => {
    await callsOfDays(30);
    await desk.stores.settings.set({ keepCallsDays: 10 });
    await desk.housekeeping.status();
    await desk.housekeeping.keep();
    expect(desk.stores.settings.values.keepCallsDays).toBe(0);
    expect((await desk.housekeeping.status()).warning).toBeNull();
    expect(await desk.housekeeping.deleteNow()).toBeNull();
    await desk.stores.settings.set({ keepRecordingsDays: 20, recordingsLimitMegabytes: 1 });
    await desk.housekeeping.status();
    expect(await desk.housekeeping.deleteNow()).toMatchObject({ calls: 0, recordings: 10 });
    expect(await desk.archive.count({})).toBe(30);
  });

  it('goes by size as well, the oldest first, and leaves some room', async () => {
    await callsOfDays(10);
    for (const recording of desk.shelf.recordings) recording.bytes = 300_000;
    await desk.stores.settings.set({ recordingsLimitMegabytes: 2 });
    expect((await desk.housekeeping.status()).warning).toMatchObject({
      calls: 0,
      recordings: 4,
      recordingBytes: 1_200_000,
    });
  });
});

describe('one person', { timeout: 30_000 }, () => {
  it('is erased everywhere, with a receipt that holds nothing of them', async () => {
    await desk.people.name(ivan, 'Иван Тайный');
    await desk.people.name('204', 'Пётр');
    await desk.people.setFavourite({ partyKey: ivan, number: ivan, display: ivan }, true);
    for (let count = 0; count < 3; count += 1)
      await desk.log.record(
        answered(count, { id: `ivan-${count}`, number: ivan, partyKey: ivan, name: 'Иван Тайный' }),
      );
    await desk.log.record(answered(9, { id: 'other' }));
    await desk.archive.annotate('ivan-1', { note: 'тайное' });
    desk.shelf.recordings.push({ callId: 'ivan-2', startedAt: start, bytes: 77 });
    writeFileSync(path.join(desk.directory, 'offhook.corrupt-20260101-120000.sqlite'), 'old');
    const whom = { text: 'тайный' };
    expect(await desk.housekeeping.previewErasure(whom)).toMatchObject({
      name: 'Иван Тайный',
      partyKeys: [ivan],
      calls: 3,
      notes: 1,
      recordings: 1,
    });
    const receipt = await desk.housekeeping.erase(whom);
    expect(receipt.erased).toEqual({
      calls: 3,
      notes: 1,
      followUps: 0,
      recordings: 1,
      recordingBytes: 77,
      numbers: 1,
      names: 1,
      favourites: 1,
    });
    expect(receipt.notReached).toEqual([path.join(desk.directory, 'offhook.corrupt-20260101-120000.sqlite')]);
    expect(JSON.stringify(receipt)).not.toMatch(/Тайный|9161112233/);
    expect(await idsOf(desk.archive, {})).toEqual(['other']);
    expect([desk.people.personOf(ivan), desk.people.favourites()]).toEqual([null, []]);
    await expect.poll(async () => (await desk.housekeeping.receipts())[0]?.state, { timeout: 10_000 }).toBe('done');
    const bytes = readdirSync(desk.directory).map((name) => readFileSync(path.join(desk.directory, name)));
    for (const trace of ['Тайный', 'тайный', 'тайное', '9161112233', '+79161112233'])
      expect(
        bytes.some((text) => text.includes(trace)),
        trace,
      ).toBe(false);
    await expect(desk.housekeeping.erase(whom)).rejects.toMatchObject({ code: 'records.nobody' });
  });

  it('is not erased while a call with them is up, nor is anybody by a name that two have', async () => {
    await desk.people.name(ivan, 'Иван Первый');
    await desk.people.name('204', 'Иван Второй');
    desk.state.up = [ivan];
    await expect(desk.housekeeping.erase({ partyKey: ivan })).rejects.toMatchObject({ code: 'records.call-up' });
    await expect(desk.housekeeping.erase({ text: 'иван' })).rejects.toMatchObject({ code: 'records.nobody' });
    expect(desk.people.personOf(ivan)).not.toBeNull();
  });
});

describe('a backup', { timeout: 30_000 }, () => {
  it('brings everything to another computer: calls, notes, people, settings and lines without passwords', async () => {
    await callsOfDays(4);
    await desk.archive.annotate('back-2', { note: 'заметка', tags: ['опт'], followUpAt: 5 });
    await desk.people.name(ivan, 'Иван');
    await desk.stores.settings.set({ areaCode: '495', theme: 'dark' });
    await desk.stores.accounts.put('line-1', account.parse({ label: 'Office', user: '101', domain: 'pbx.example' }));
    await desk.stores.secrets.set('line/line-1/password', 'geheim');
    const voice = path.join(desk.directory, 'voice');
    writeFileSync(voice, 'voice of a call');
    desk.shelf.packed = [{ name: '2026/voice.ogg', path: voice }];
    const made = await desk.housekeeping.backUp({ recordings: true });
    expect(made).toMatchObject({ calls: 4, people: 1, recordings: 1 });
    expect(path.basename(made.file)).toBe('offhook-2026-01-15.offhook-backup');
    expect(readFileSync(made.file).includes('geheim')).toBe(false);
    expect(await desk.housekeeping.backups()).toEqual([made]);
    const there = openDesk();
    others.push(there);
    there.shelf.folder = path.join(there.directory, 'recordings');
    await there.log.record(answered(0, { id: 'before' }));
    const { saved, lines } = await there.housekeeping.restore(made.file);
    expect(lines).toBe(1);
    expect(there.state.added).toEqual(['line-1']);
    expect(await idsOf(there.archive, {})).toEqual(await idsOf(desk.archive, {}));
    expect(await there.archive.get('back-2')).toEqual(await desk.archive.get('back-2'));
    expect(await there.archive.count({ text: 'замет' })).toBe(1);
    expect(there.people.personOf(ivan)).toMatchObject({ name: 'Иван' });
    expect(there.stores.settings.values).toEqual(desk.stores.settings.values);
    expect(readFileSync(path.join(there.shelf.folder, '2026', 'voice.ogg'), 'utf8')).toBe('voice of a call');
    expect(await there.housekeeping.check()).toEqual({ sound: true });
    await there.housekeeping.restore(saved);
    expect(await idsOf(there.archive, {})).toEqual(['before']);
  });

  it('is not restored while a call is up, or when damaged; what was there stays', async () => {
    await callsOfDays(3);
    const { file } = await desk.housekeeping.backUp({ recordings: false });
    await desk.log.record(answered(0, { id: 'later' }));
    desk.state.up = [null];
    await expect(desk.housekeeping.restore(file)).rejects.toMatchObject({ code: 'records.call-up' });
    desk.state.up = [];
    const handle = openSync(file, 'r+');
    writeSync(handle, 'damage', 9000);
    closeSync(handle);
    await expect(desk.housekeeping.restore(file)).rejects.toMatchObject({ code: 'backup.damaged' });
    expect(await desk.archive.count({})).toBe(4);
    expect(existsSync(`${desk.file}.restored`)).toBe(false);
  });

  it('that was about to delete calls warns of them anew', async () => {
    await callsOfDays(20);
    await desk.stores.settings.set({ keepCallsDays: 10 });
    for (let days = 0; days < 5; days += 1) {
      await desk.housekeeping.status();
      desk.fake.advance(day);
    }
    expect((await desk.housekeeping.status()).warning?.daysLeft).toBe(2);
    const { file } = await desk.housekeeping.backUp({ recordings: false });
    await desk.housekeeping.restore(file);
    desk.fake.advance(day);
    expect((await desk.housekeeping.status()).warning?.daysLeft).toBe(7);
  });

  it('tells how many people were erased since, whose receipts outlive the restore', async () => {
    await callsOfDays(2);
    const { file } = await desk.housekeeping.backUp({ recordings: false });
    desk.fake.advance(1000);
    await desk.housekeeping.erase({ partyKey: '+74951234567' });
    expect(await desk.housekeeping.inspectBackup(file)).toMatchObject({ erasedSince: 1 });
    await expect.poll(async () => (await desk.housekeeping.receipts())[0]?.state, { timeout: 10_000 }).toBe('done');
    await desk.housekeeping.restore(file);
    expect(await desk.housekeeping.receipts()).toHaveLength(1);
    expect(await desk.archive.count({})).toBe(2);
  });

  it('goes to the folder of the setting, and says when that cannot be', async () => {
    await desk.log.record(answered(0));
    const folder = path.join(desk.directory, 'elsewhere');
    await desk.stores.settings.set({ backupFolder: folder });
    expect(path.dirname((await desk.housekeeping.backUp({ recordings: false })).file)).toBe(folder);
    for (const wrong of ['not/absolute', path.join(desk.file, 'below a file')]) {
      await desk.stores.settings.set({ backupFolder: wrong });
      await expect(desk.housekeeping.backUp({ recordings: false }), wrong).rejects.toMatchObject({
        code: 'backup.not-writable',
      });
    }
  });
});

describe('a file that a check finds damaged', { timeout: 30_000 }, () => {
  it('is set aside, what it still held is taken over, and the user is told how much', async () => {
    await callsOfDays(300);
    await desk.people.name(ivan, 'Иван');
    await desk.database.query('PRAGMA wal_checkpoint(TRUNCATE)');
    const handle = openSync(desk.file, 'r+');
    const pages = readFileSync(desk.file).length / 4096;
    writeSync(handle, Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(pages / 2) * 4096);
    closeSync(handle);
    expect(await desk.housekeeping.check()).toEqual({ sound: false });
    await expect
      .poll(() => desk.problems.list().map(({ error }) => error.code), { timeout: 10_000 })
      .toContain('storage.salvaged');
    const { values } = desk.problems.list().find(({ id }) => id === 'salvage')!.error;
    expect(Number(values.number)).toBeGreaterThan(200);
    expect(existsSync(String(values.copy))).toBe(true);
    expect(await desk.archive.count({})).toBe(values.number);
    expect(desk.people.personOf(ivan)).toMatchObject({ name: 'Иван' });
    expect(await desk.housekeeping.check()).toEqual({ sound: true });
  });

  it('is taken over although the program ended before, and once only', async () => {
    await callsOfDays(200);
    await desk.database.query('PRAGMA wal_checkpoint(TRUNCATE)');
    await desk.close();
    const handle = openSync(desk.file, 'r+');
    writeSync(handle, Buffer.alloc(100, 0x5a), 0, 100, 0);
    closeSync(handle);
    const first = openDesk(desk.directory);
    await first.log.record(answered(0, { id: 'new' }));
    const copy = String(first.database.problem?.values.copy);
    await expect.poll(() => first.archive.count({}), { timeout: 10_000 }).toBe(201);
    await first.close();
    desk = openDesk(desk.directory);
    await desk.database.execute('INSERT OR REPLACE INTO housekeeping_fact VALUES (?, ?)', [
      'salvage',
      JSON.stringify({ copy }),
    ]);
    await desk.database.execute("DELETE FROM call_record WHERE id <> 'new'");
    desk.housekeeping.start();
    desk.fake.advance(3 * 60_000);
    await expect.poll(() => desk.problems.list().map(({ id }) => id), { timeout: 10_000 }).toEqual(['salvage']);
    expect(await desk.archive.count({})).toBe(201);
  });
});

it('does one work at a time', async () => {
  mkdirSync(path.join(desk.directory, 'backups'));
  await desk.log.record(answered(0));
  const [first, second] = await Promise.allSettled([
    desk.housekeeping.backUp({ recordings: false }),
    desk.housekeeping.backUp({ recordings: false }),
  ]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { code: 'records.busy' } });
});
