import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownContact } from '#contract/ipc/index.ts';
import { askComHelper } from '#core/com-helper/index.ts';
import { OutlookContactWriter } from '#core/contacts/directories/outlook/outlook-contact-writer.ts';
import { callMark } from '#core/office/journals/index.ts';
import { journalledCall } from '#core/office/journals/journalled-call.test-support.ts';
import { OutlookJournalTarget } from '#core/office/outlook/outlook-journal-target.ts';
import { OutlookStandIn, type OfficeMood, type OutlookFolder } from '#test/support/outlook-stand-in.ts';

const folders: OutlookFolder[] = [
  {
    name: 'Контакты',
    type: 2,
    contacts: [],
    folders: [{ name: 'Клиенты', type: 2, contacts: [], folders: [] }],
  },
];

describe.skipIf(!OutlookStandIn.possible)(
  'what is written into classic Outlook, under Mono with a stand-in for Outlook’s objects',
  () => {
    let office: OutlookStandIn;
    const { signal } = new AbortController();
    beforeAll(() => {
      office = OutlookStandIn.build();
    });
    afterAll(() => office.remove());
    beforeEach(() => {
      office.outlook = { language: 0x0419 };
    });

    const target = (write: 'journal' | 'task' = 'journal', mood: OfficeMood = {}) =>
      new OutlookJournalTarget(
        { kind: 'outlook', write },
        { outlookHelper: office.command(folders, mood), language: () => 'ru', patience: 3000 },
      );
    const ask = (request: Record<string, unknown>, mood: OfficeMood = {}) =>
      askComHelper(request, { command: office.command(folders, mood), signal });

    it('is a call in the journal, of the type that Outlook itself has for calls', async () => {
      const { reference } = await target().write(journalledCall(), null, signal);
      expect(reference).toBe('I1 STORE');
      expect(office.made).toEqual([
        {
          folder: 'journal',
          OffhookCall: callMark('call-1'),
          Subject: 'Входящий звонок: Иванова Ольга, ООО «Ромашка»',
          Body: expect.stringContaining('\r\nЖдёт счёт'),
          Companies: 'ООО «Ромашка»',
          Type: 'Телефонный звонок',
          Start: '2026-11-26T14:05:00',
          Duration: 3,
          EntryID: 'I1',
        },
      ]);
      office.outlook = { language: 0x0409 };
      await target().write(journalledCall(), null, signal);
      expect(office.made[0]!['Type']).toBe('Phone call');
    });

    it('is a task of the day where the user wants tasks', async () => {
      await target('task').write(journalledCall(), null, signal);
      expect(office.made).toMatchObject([
        { folder: 'task', StartDate: '2026-11-26T00:00:00', DueDate: '2026-11-26T00:00:00', ActualWork: 3 },
      ]);
    });

    it('changes the entry of the same call, whether or not its id is remembered', async () => {
      const { reference } = await target().write(journalledCall(), null, signal);
      await target().write(journalledCall({ note: 'Позже' }), reference, signal);
      await target().write(journalledCall({ note: 'Ещё позже' }), null, signal);
      await target().write(journalledCall({ callId: 'call-2' }), null, signal);
      // An id of a store that is not there any more.
      await target().write(journalledCall({ note: 'Теперь' }), 'I99 GONE', signal);
      expect(office.made).toHaveLength(2);
      expect(office.made[0]!['Body']).toMatch(/Теперь$/);
    });

    it('makes no new entry after the user deleted theirs', async () => {
      const { reference } = await target().write(journalledCall(), null, signal);
      office.outlook = {};
      await expect(target().write(journalledCall(), reference, signal)).rejects.toMatchObject({
        code: 'delivery.refused',
      });
      expect(office.made).toEqual([]);
    });

    it('makes no second entry after Outlook took it and went before it answered', async () => {
      await expect(
        target('journal', { mood: 'crashes saved' }).write(journalledCall(), null, signal),
      ).rejects.toMatchObject({
        code: 'directory.outlook-busy',
      });
      expect(await target().write(journalledCall(), null, signal)).toEqual({ reference: 'I1 STORE' });
      expect(office.made).toHaveLength(1);
    });

    it('is linked to the contact where Outlook still has links, and does without where it has none', async () => {
      office.outlook = { links: true };
      await target().write(journalledCall({ entryKey: 'E7' }), null, signal);
      expect(office.made[0]!['linked']).toBe(true);
      office.outlook = {};
      await target().write(journalledCall({ entryKey: 'E7' }), null, signal);
      expect(office.made[0]).not.toHaveProperty('linked');
    });

    it('says so where Outlook has no journal, and names the folder where it has one', async () => {
      expect(await target().check(signal)).toEqual({ note: 'Дневник' });
      expect(await target('task').check(signal)).toEqual({ note: 'Задачи' });
      office.outlook = { without: 'journal' };
      const refused = { code: 'delivery.no-object', values: { host: 'Outlook', object: 'journal' } };
      await expect(target().check(signal)).rejects.toMatchObject(refused);
      await expect(target().write(journalledCall(), null, signal)).rejects.toMatchObject(refused);
    });

    it('asks again while Outlook rejects calls, ends the helper when it hangs, and is tried again later', async () => {
      await target('journal', { rejections: 3 }).write(journalledCall(), null, signal);
      expect(office.made).toHaveLength(1);
      for (const mood of [{ rejections: 9 }, { mood: 'hangs' as const }])
        await expect(target('journal', mood).write(journalledCall(), null, signal)).rejects.toMatchObject({
          code: 'directory.outlook-busy',
        });
    });

    it('waits where there is no classic Outlook, or no helper', async () => {
      const options = { outlookHelper: office.command(null), language: () => 'ru' as const };
      for (const outlookHelper of [options.outlookHelper, ['/nowhere/helper'], null]) {
        const missing = new OutlookJournalTarget({ kind: 'outlook', write: 'task' }, { ...options, outlookHelper });
        await expect(missing.check(signal)).rejects.toMatchObject({ code: 'directory.outlook-missing' });
      }
    });

    it('takes hostile text as text, and no question that is none', async () => {
      const hostile = `"' OR "x" = "x\u0000</script>`;
      await target().write(journalledCall({ callId: hostile, name: hostile, note: hostile }), null, signal);
      expect(office.made).toHaveLength(1);
      const bad = [
        { command: 'journal', kind: 'mail', callId: 'a', start: '2026-11-26' },
        { command: 'journal', kind: 'task', callId: `a' OR 'b`, start: '2026-11-26' },
        { command: 'journal', kind: 'task', callId: 'a', start: 'yesterday' },
        { command: 'createcontact', name: '' },
        { command: 'createcontact', name: 'x', numbers: ['1'] },
        { command: 'format', name: 'c:' },
      ];
      for (const request of bad) await expect(ask(request)).rejects.toMatchObject({ reason: 'invalid' });
    });

    it('puts a contact into the folder, each number where its kind belongs', async () => {
      const numbers = [
        { text: '+7 916 123-45-67', label: 'mobile' },
        { text: '1', label: 'work' },
        { text: '2', label: 'work' },
        { text: '3', label: 'work' },
        { text: '4', label: 'Skype' },
        ...['5', '6', '7'].map((text) => ({ text, label: 'other' })),
      ];
      const asked = {
        name: 'Иванова Ольга',
        firm: 'ООО «Ромашка»',
        role: 'Директор',
        numbers,
        emails: ['o@example.ru'],
      };
      const done = await ask({ command: 'createcontact', ...asked, note: 'важная', folders: ['Контакты\\Клиенты'] });
      expect(done).toMatchObject({ entryId: 'I1', storeId: 'STORE' });
      expect(office.made).toEqual([
        {
          folder: 'Клиенты',
          FullName: 'Иванова Ольга',
          CompanyName: 'ООО «Ромашка»',
          JobTitle: 'Директор',
          MobileTelephoneNumber: '+7 916 123-45-67',
          BusinessTelephoneNumber: '1',
          Business2TelephoneNumber: '2',
          OtherTelephoneNumber: '3',
          CallbackTelephoneNumber: '4',
          CarTelephoneNumber: '5',
          RadioTelephoneNumber: '6',
          Email1Address: 'o@example.ru',
          Body: 'важная\r\nother: 7',
          EntryID: 'I1',
        },
      ]);
    });

    it('is a contact of the user’s, in the folder that the directory reads', async () => {
      const config = { kind: 'outlook' as const, folders: ['Контакты\\Клиенты', 'Контакты'] };
      const contact = ownContact.parse({ name: 'Пётр', numbers: [{ text: '123', label: 'mobile' }], note: 'да' });
      expect(await new OutlookContactWriter(config, office.command(folders)).create(contact, signal)).toBe(false);
      expect(office.made).toMatchObject([{ folder: 'Клиенты', FullName: 'Пётр', MobileTelephoneNumber: '123' }]);
      const busy = new OutlookContactWriter(config, office.command(folders, { rejections: 9 }));
      await expect(busy.create(contact, signal)).rejects.toMatchObject({ code: 'directory.outlook-busy' });
    });

    it('shows a contact for the user to save, where that is asked for', async () => {
      expect(await ask({ command: 'createcontact', name: 'Пётр', display: true })).toMatchObject({ entryId: '' });
      expect(office.made).toMatchObject([{ FullName: 'Пётр', displayed: true }]);
    });
  },
);
