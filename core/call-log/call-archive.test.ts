import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answered,
  idsOf,
  memoryDesk,
  minute,
  missed,
  openArchiveStorage,
  start,
  type ArchiveStorage,
  type Desk,
} from './call-archive.test-support.ts';
import { MemoryCallArchive } from './memory-call-archive.ts';

function describeArchive(name: string, open: () => Desk): void {
  describe(name, () => {
    it('pages through all calls, newest first, each on one page', async () => {
      const { log, archive } = open();
      for (let count = 0; count < 7; count += 1) await log.record(answered(count));
      expect(await idsOf(archive, {}, 3)).toEqual([6, 5, 4, 3, 2, 1, 0].map((count) => `call-${count}`));
      expect(await archive.count({})).toBe(7);
    });

    it('keeps notes, outcomes, tags and follow-ups, with the history of each', async () => {
      const { log, archive, clock } = open();
      await log.record(answered(0));
      await archive.annotate('call-0', { note: 'Просит счёт', tags: ['оплата', 'оплата'] });
      clock.advance(1000);
      const call = await archive.annotate('call-0', { note: 'Просит счёт до пятницы', outcome: 'Договорились' });
      expect(call.annotation).toMatchObject({
        note: 'Просит счёт до пятницы',
        outcome: 'Договорились',
        tags: ['оплата'],
      });
      expect((await archive.changes('call-0')).map(({ field, before, after }) => [field, before, after])).toEqual(
        expect.arrayContaining([
          ['note', 'Просит счёт', 'Просит счёт до пятницы'],
          ['note', null, 'Просит счёт'],
          ['tags', null, 'оплата'],
        ]),
      );
      expect((await archive.suggestions()).outcomes).toEqual(['Договорились']);
    });

    it('does not know a call without a record', async () => {
      const { archive } = open();
      await expect(archive.annotate('nobody', { note: 'x' })).rejects.toMatchObject({ code: 'call.unknown' });
    });

    it('counts a missed call as handled when somebody calls back and gets through', async () => {
      const { log, archive } = open();
      await log.record(missed(0));
      await log.record(missed(1, { partyKey: '+74950000002', number: '+74950000002' }));
      await log.record(answered(2, { direction: 'outgoing', answeredAt: null, disposition: 'no-answer' }));
      expect(await idsOf(archive, { missedOpen: true })).toEqual(['call-1', 'call-0']);
      await log.record(answered(3, { direction: 'outgoing' }));
      expect(await idsOf(archive, { missedOpen: true })).toEqual(['call-1']);
      expect((await archive.get('call-0'))?.missed).toEqual({
        handledAt: start + 3 * minute + 5000,
        handledBy: 'call-3',
      });
    });

    it('finds a caller without a number by any part of their address, however it is written', async () => {
      const { log, archive } = open();
      const address = {
        number: 'sip:Ivan@host.example',
        partyKey: 'sip:ivan@host.example',
        display: 'ivan@host.example',
      };
      await log.record(answered(0, { ...address, name: null }));
      for (const text of ['ivan', 'host.ex', 'Ivan@host', 'sip:ivan@host.example', '<sips:ivan@host.example>'])
        expect(await idsOf(archive, { text }), text).toEqual(['call-0']);
    });

    it('takes the word of the user for what is handled', async () => {
      const { log, archive, clock } = open();
      await log.record(missed(0));
      const handled = await archive.annotate('call-0', { handled: true });
      expect(handled.missed).toEqual({ handledAt: clock.now(), handledBy: null });
      expect((await archive.annotate('call-0', { handled: false })).missed?.handledAt).toBeNull();
      expect((await archive.changes('call-0')).map(({ field }) => field)).toEqual(['handled', 'handled']);
    });

    it('tells which missed calls a call has handled', async () => {
      const { log, archive } = open();
      const told = new Promise<string[]>((resolve) => archive.onHandled(resolve));
      await log.record(missed(0));
      await log.record(answered(1));
      // The plain model tells nobody; it only has to agree on what is so.
      if (archive instanceof MemoryCallArchive) expect(await idsOf(archive, { missedOpen: true })).toEqual([]);
      else expect(await told).toEqual(['call-0']);
    });

    it('opens a follow-up again that gets a new date, and lists the soonest first', async () => {
      const { log, archive } = open();
      for (const count of [0, 1]) await log.record(answered(count));
      await archive.annotate('call-0', { followUpAt: start + 9 * minute });
      await archive.annotate('call-1', { followUpAt: start + 5 * minute });
      expect((await archive.followUps()).map(({ record }) => record.id)).toEqual(['call-1', 'call-0']);
      await archive.annotate('call-1', { followUpDone: true });
      expect(await idsOf(archive, { followUp: true })).toEqual(['call-0']);
      const again = await archive.annotate('call-1', { followUpAt: start + 20 * minute });
      expect(again.annotation).toMatchObject({ followUpDoneAt: null, followUpAt: start + 20 * minute });
    });

    it.each([
      ['the beginning of a name', 'ольг', ['call-0']],
      ['another letter for the same sound', 'семён демидова', []],
      ['ё written as е', 'артем', ['call-1']],
      ['words of a note in any order', 'пятницы счет', ['call-2']],
      ['a part of a number', '000-00-42', ['call-0']],
      ['a number with the trunk prefix', '8 (903) 000', ['call-0']],
      ['a name and a part of the number', 'ольга 0042', ['call-0']],
      ['a number inside a note', '8877', ['call-2']],
      ['the beginning of a short number', '20', ['call-3']],
      ['the name as known now', 'лебедев', ['call-4']],
      ['what nobody is called', 'zzz', []],
      ['what would be a command elsewhere', '"; DROP TABLE call_record; -- * OR', []],
    ])('finds calls by %s', async (_what, text, expected) => {
      const { log, archive, people } = open();
      await log.record(answered(0, { name: 'Ольга Демидова', number: '+79030000042', partyKey: '+79030000042' }));
      await log.record(answered(1, { name: 'Артём Соколов' }));
      await log.record(answered(2, { name: null }));
      await log.record(answered(3, { name: 'Склад', number: '204', partyKey: '204', internal: true }));
      await log.record(answered(4, { name: null, number: '+78120000011', partyKey: '+78120000011' }));
      await archive.annotate('call-2', { note: 'Счёт 8877 оплатят до пятницы' });
      await people.name('+78120000011', 'Пётр Лебедев');
      expect(await idsOf(archive, { text })).toEqual(expected);
    });
  });
}

describeArchive('an archive in memory', memoryDesk);

describe('an archive in SQLite', () => {
  let storage: ArchiveStorage;
  beforeAll(() => (storage = openArchiveStorage()));
  beforeEach(() => storage.clear());
  afterAll(() => storage.close());

  describeArchive('behaves', () => storage.desk());

  it('leaves nothing behind of calls that are deleted', async () => {
    const { log, archive } = storage.desk();
    await log.record(missed(0, { name: 'Ольга' }));
    await archive.annotate('call-0', { note: 'важно' });
    await storage.clear();
    for (const table of [
      'call_tally',
      'call_annotation',
      'call_annotation_change',
      'missed_call',
      'call_words',
      'call_digits',
    ])
      expect(await storage.database.query(`SELECT * FROM ${table}`), table).toEqual([]);
  });
});
