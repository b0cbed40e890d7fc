import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import { askComHelper } from '#core/com-helper/index.ts';
import { openOutlookDirectory } from '#core/contacts/directories/outlook/outlook-directory.ts';
import { OutlookStandIn, type OutlookFolder } from '#test/support/outlook-stand-in.ts';

const contacts = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    EntryID: `E${n}`,
    LastModificationTime: '1',
    '0x3001001F': `Имя ${n}`,
    '0x3A16001F': 'ООО «Ромашка»',
    '0x3A17001F': 'Директор',
    '0x3A1C001F': '8 916 123-45-67',
    '0x3A08001F': '(495) 123-45-67 доб. 12',
    '8083001F': 'ivan@example.ru',
    'urn:schemas-microsoft-com:office:office#Keywords': ['VIP', 'Москва'],
  }));

const folders = (count = 450): OutlookFolder[] => [
  {
    name: 'Контакты',
    type: 2,
    contacts: contacts(count),
    folders: [
      {
        name: 'Клиенты',
        type: 2,
        contacts: [{ EntryID: 'K', LastModificationTime: '1', '0x3001001F': 'Клиент' }],
        folders: [],
      },
    ],
  },
  { name: 'Входящие', type: 0, contacts: [], folders: [] },
];

describe.skipIf(!OutlookStandIn.possible)(
  'the helper for classic Outlook, under Mono with a stand-in for Outlook’s objects',
  () => {
    let outlook: OutlookStandIn;
    beforeAll(() => {
      outlook = OutlookStandIn.build();
    });
    afterAll(() => outlook.remove());

    const open = (command: string[], wanted: string[] = []) =>
      openOutlookDirectory(
        { kind: 'outlook', folders: wanted },
        { now: () => 0, proxyFor: () => null, outlookHelper: command },
      );

    it('gives every contact of the main folder as it was typed', async () => {
      const reading = new CollectedReading();
      const outcome = await open(outlook.command(folders())).refresh(reading);
      expect(outcome.kind).toBe('complete');
      expect(reading.entries.size).toBe(450);
      expect(reading.entries.get('E7')).toMatchObject({
        name: 'Имя 7',
        firm: 'ООО «Ромашка»',
        role: 'Директор',
        numbers: [
          { text: '8 916 123-45-67', label: 'mobile' },
          { text: '(495) 123-45-67 доб. 12', label: 'work' },
        ],
        emails: ['ivan@example.ru'],
        fields: [{ name: 'categories', value: 'VIP, Москва' }],
        open: { kind: 'outlook', entryId: 'E7', storeId: 'STORE' },
        place: 'Контакты › Имя 7',
      });
    });

    it('reads nothing again while nothing changed, and everything after a change', async () => {
      const first = await open(outlook.command(folders(3))).refresh(new CollectedReading());
      const again = new CollectedReading({ cursor: first.cursor });
      expect(await open(outlook.command(folders(3))).refresh(again)).toEqual({
        kind: 'unchanged',
        cursor: first.cursor,
      });
      expect(again.puts).toBe(0);
      const later = new CollectedReading({ cursor: first.cursor });
      expect((await open(outlook.command(folders(2))).refresh(later)).kind).toBe('complete');
      expect(later.entries.size).toBe(2);
    });

    it('offers the folders of contacts, and reads those that were chosen', async () => {
      const reading = new CollectedReading();
      const preview = await open(outlook.command(folders(50))).preview(reading);
      expect(preview.parts.map(({ id }) => id)).toEqual(['Контакты', 'Контакты\\Клиенты']);
      expect(reading.entries.size).toBe(20);
      const chosen = new CollectedReading();
      await open(outlook.command(folders()), ['Контакты\\Клиенты']).refresh(chosen);
      expect([...chosen.entries.keys()]).toEqual(['K']);
    });

    it('takes nobody for gone when a folder is not there', async () => {
      await expect(
        open(outlook.command(folders()), ['Нет такой']).refresh(new CollectedReading()),
      ).rejects.toMatchObject({
        code: 'directory.failed',
      });
    });

    it('asks again while Outlook rejects calls, and says so when it goes on', async () => {
      const reading = new CollectedReading();
      await open(outlook.command(folders(5), { rejections: 3 })).refresh(reading);
      expect(reading.entries.size).toBe(5);
      await expect(
        open(outlook.command(folders(5), { rejections: 9 })).refresh(new CollectedReading()),
      ).rejects.toMatchObject({
        code: 'directory.outlook-busy',
        detail: expect.stringMatching(/^0x8/),
      });
    });

    it('gives up on an Outlook that hangs behind a dialog', async () => {
      const command = outlook.command(folders(5), { mood: 'hangs' });
      const asking = askComHelper(
        { command: 'contacts', folders: [] },
        { command, signal: new AbortController().signal, patience: 2000 },
      );
      await expect(asking).rejects.toMatchObject({ code: 'directory.outlook-busy' });
    });

    it('ends with the one who asked', async () => {
      const stopping = new AbortController();
      const asking = askComHelper(
        { command: 'contacts' },
        { command: outlook.command(folders(5), { mood: 'hangs' }), signal: stopping.signal },
      );
      stopping.abort();
      await expect(asking).rejects.toMatchObject({ code: 'directory.cancelled' });
    });

    it('says so where there is no classic Outlook', async () => {
      await expect(open(outlook.command(null)).refresh(new CollectedReading())).rejects.toMatchObject({
        code: 'directory.outlook-missing',
      });
    });

    it('shows an item in Outlook', async () => {
      const command = outlook.command(folders(1));
      await askComHelper(
        { command: 'open', entryId: 'E0', storeId: 'STORE' },
        { command, signal: new AbortController().signal },
      );
      expect(outlook.shown).toBe('E0 STORE');
    });

    it('shows a row in Excel, also a busy one, and says so where the workbook is gone', async () => {
      const { signal } = new AbortController();
      const command = outlook.command(folders(1), { rejections: 2 });
      const file = fileURLToPath(import.meta.url);
      await askComHelper({ command: 'row', file, sheet: 'Клиенты', row: 17 }, { command, signal });
      expect(outlook.shown).toBe(`seen opened ${path.basename(file)} Клиенты 17`);
      const gone = askComHelper({ command: 'row', file: `${file}.gone`, sheet: '', row: 1 }, { command, signal });
      await expect(gone).rejects.toMatchObject({
        code: 'directory.failed',
        detail: expect.stringContaining('FileNotFound'),
      });
    });
  },
);
