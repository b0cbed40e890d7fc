import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryStatus, PersonDetail } from '#contract/ipc/index.ts';
import { openArchiveStorage, type ArchiveStorage } from '#core/call-log/call-archive.test-support.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { journalLabel, journalTargets } from '#core/composition/journal-targets.ts';
import type { GraphAccounts } from '#core/composition/graph-accounts.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { CallJournals } from '#core/office/journals/index.ts';
import { SqliteEntryKeys } from '#core/office/journals/sqlite-entry-keys.ts';
import { SqliteJournalRecords } from '#core/office/journals/sqlite-journal-records.ts';
import { documentFields, documentSet } from '#core/office/onec/phone-call-document.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { DurableOutbox } from '#core/sync/durable-outbox.ts';
import { SqliteDeliveryStore } from '#core/sync/sqlite-delivery-store.ts';
import { ODataServer, type Infobase } from '#test/support/odata-server.ts';
import { seeded } from '#test/support/seeded.ts';

const hour = 3_600_000;

/** Ways in which 1C fails; each may come at any time. */
const outages: ((server: ODataServer) => void)[] = [
  (server) => (server.instead = (request) => request.socket.destroy()),
  (server) =>
    (server.instead = (_request, response) => void response.writeHead(500).end('{"odata.error":{"code":"-1"}}')),
  (server) => (server.instead = (_request, response) => void response.writeHead(503).end('<html>Обновление</html>')),
  (server) => (server.instead = (_request, response) => void response.writeHead(200).end('<html>Вход</html>')),
  (server) => (server.instead = (_request, response) => void response.writeHead(404).end('<html>Not Found</html>')),
  (server) => (server.afterWrite = 'cut'),
  (server) => (server.afterWrite = 'page'),
];

describe('the journal of calls in 1C', () => {
  let storage: ArchiveStorage;
  let server: ODataServer;
  let base: Infobase;
  beforeEach(async () => {
    storage = openArchiveStorage();
    base = {
      ...{ sets: { [documentSet]: [] }, user: 'u', password: 'p' },
      writable: { [documentSet]: [...documentFields, 'АбонентКонтакт'] },
    };
    server = await ODataServer.start(base);
  });
  afterEach(async () => {
    await server.stop();
    await storage.close();
  });

  const mend = () => {
    server.instead = null;
    server.afterWrite = 'answer';
  };

  async function openOffice() {
    const desk = storage.desk();
    const outbox = new DurableOutbox({
      ...{
        store: new SqliteDeliveryStore({ database: storage.database }),
        clock: desk.clock,
        logger: silentLogger,
        random: () => 0.5,
      },
    });
    const { secrets, settings } = createMemoryStores();
    await secrets.set('directory:trade', 'p');
    const config = { kind: 'onec', url: server.url, user: 'u', catalogs: [], infobase: '' } as const;
    const directories = {
      list: () => [{ id: 'trade', kind: 'onec', label: 'Торговля', config } as unknown as DirectoryStatus],
    };
    const graphAccounts = {} as GraphAccounts;
    const targets = { directories, secrets, settings, graphAccounts, proxy: async () => null };
    let ids = 0;
    const open = () =>
      new CallJournals({
        ...{ outbox, callLog: desk.log, archive: desk.archive, clock: desk.clock, logger: silentLogger },
        records: new SqliteJournalRecords({ database: storage.database, logger: silentLogger }),
        entryKeys: new SqliteEntryKeys(storage.database),
        directory: { get: async () => null as PersonDetail | null },
        openTarget: journalTargets(targets),
        labelOf: (journal) => journalLabel(journal, targets),
        newId: () => `journal-${(ids += 1)}`,
      });
    return { ...desk, outbox, open };
  }

  const journal = {
    id: null,
    enabled: true,
    config: { kind: 'onec', directoryId: 'trade' },
    calls: 'all',
    internal: false,
  } as const;

  it.each([1, 2, 3, 4])(
    'holds each call once with its newest note after a week of outages and restarts (%i)',
    async (seed) => {
      const random = seeded(seed);
      const { clock, log, archive, outbox, open } = await openOffice();
      let journals = open();
      await journals.start();
      await journals.save(journal);
      const settle = async () => {
        await journals.settled();
        for (let turn = 0; turn < 60; turn += 1) {
          clock.advance(0);
          await outbox.settled();
        }
      };
      const notes = new Map<string, string>();
      for (let step = 0; step < 40; step += 1) {
        mend();
        if (random() < 0.7) outages[Math.floor(random() * outages.length)]?.(server);
        const id = `call-${step}`;
        const at = clock.now();
        await log.record(callRecordOf({ id, offeredAt: at, answeredAt: at + 1000, endedAt: at + 60_000 }));
        notes.set(id, '');
        if (random() < 0.3) {
          // The agent dies before the call is in the outbox.
          journals.dispose();
          await journals.settled();
          const lost = `lost-${step}`;
          await log.record(callRecordOf({ id: lost, offeredAt: at + 1, answeredAt: at + 1000, endedAt: at + 60_000 }));
          notes.set(lost, '');
          clock.advance(120_000);
          journals = open();
          await journals.start();
        }
        const noted = [...notes.keys()][Math.floor(random() * notes.size)] ?? id;
        if (random() < 0.5) {
          const note = `заметка ${step}`;
          await archive.annotate(noted, { note });
          notes.set(noted, note);
        }
        clock.advance(4 * hour);
        await settle();
      }
      mend();
      for (let round = 0; round < 3; round += 1) {
        clock.advance(24 * hour);
        await settle();
      }
      const documents = base.sets[documentSet] ?? [];
      const held = documents.map((row) => String(row['Комментарий']).replace('Offhook ', ''));
      expect(held.toSorted()).toEqual([...notes.keys()].toSorted());
      for (const row of documents) {
        const note = notes.get(String(row['Комментарий']).replace('Offhook ', '')) ?? '';
        expect(String(row['Описание']).endsWith(note === '' ? 'Office' : note)).toBe(true);
      }
      expect((await outbox.list()).total).toBe(0);
      journals.dispose();
      await outbox.stop();
    },
  );

  it('is looked at before it is begun', async () => {
    const { open, outbox } = await openOffice();
    const journals = open();
    await expect(journals.test(journal.config)).resolves.toEqual({ note: 'base' });
    delete base.writable?.[documentSet];
    await expect(journals.test(journal.config)).rejects.toMatchObject({ code: 'delivery.no-object' });
    await expect(journals.test({ kind: 'onec', directoryId: 'gone' })).rejects.toMatchObject({
      code: 'journal.no-directory',
    });
    await expect(journals.test({ kind: 'outlook', write: 'task' })).rejects.toMatchObject({
      code: 'directory.outlook-missing',
    });
    expect(base.sets[documentSet]).toEqual([]);
    await outbox.stop();
  });
});
