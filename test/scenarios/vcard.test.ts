import { describe, expect, test } from 'vitest';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import type { SourceEntry } from '#core/contacts/directories/source-entry.ts';
import { jpeg } from '#core/contacts/directories/vcard/dialects.test-support.ts';
import { openVcardDirectory } from '#core/contacts/directories/vcard/vcard-directory.ts';
import { hasAbook, hasVobject, writeByAbook, writeByVobject } from '#test/support/contact-programs.ts';
import { openStage } from '#test/support/stage.ts';

async function entriesOf(file: string): Promise<SourceEntry[]> {
  const reading = new CollectedReading();
  const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
  await openVcardDirectory({ kind: 'vcard', path: file }, environment).refresh(reading);
  expect(reading.skipped).toEqual([]);
  return [...reading.entries.values()];
}

describe('cards written by programs', () => {
  test.skipIf(!hasVobject)('python3-vobject: folded within characters, with a photo', async () => {
    const file = `${openStage().folder('vobject')}/cards.vcf`;
    const note = `Просит счёт; перезвонить,\nдо пятницы \\ ${'очень длинная заметка '.repeat(20)}`.trim();
    await writeByVobject(file, [
      {
        fn: 'Ольга Петровна Демидова',
        n: ['Демидова', 'Ольга', 'Петровна'],
        org: ['ООО "Ромашка"; и, другие', 'Отдел продаж'],
        tel: [
          { value: '+7 495 123-45-67 доб. 12', types: ['WORK', 'VOICE'] },
          { value: '8 916 000-11-22', types: ['CELL'] },
        ],
        email: ['olga@romashka.example'],
        note,
        photo: jpeg.toString('base64'),
      },
      {
        fn: 'Anna Smith',
        n: ['Smith', 'Anna', ''],
        org: [],
        tel: [],
        email: ['a@smith.example'],
        note: '',
        photo: null,
      },
    ]);
    expect(await entriesOf(file)).toMatchObject([
      {
        name: 'Демидова Ольга Петровна',
        firm: 'ООО "Ромашка"; и, другие',
        department: 'Отдел продаж',
        numbers: [
          { text: '+7 495 123-45-67 доб. 12', label: 'work' },
          { text: '8 916 000-11-22', label: 'mobile' },
        ],
        emails: ['olga@romashka.example'],
        note,
        photo: { type: 'image/jpeg', bytes: jpeg },
      },
      { name: 'Anna Smith', emails: ['a@smith.example'] },
    ]);
  });

  test.skipIf(!hasAbook)('abook: no version, bare types, nothing escaped', async () => {
    const file = await writeByAbook(openStage().folder('abook'), [
      {
        name: 'Иванов Иван',
        email: 'ivan@example.org,second@example.org',
        address: 'ул. Ленина, 1',
        city: 'Москва',
        workphone: '8 (495) 765-43-21 доб. 12',
        mobile: '+7 916 000-11-22',
        fax: '8 495 765-43-22',
        url: 'http://example.org',
        notes: 'Звонить после обеда; не ранее, ладно',
      },
      { name: 'Склад', workphone: '204' },
    ]);
    expect(await entriesOf(file)).toMatchObject([
      {
        numbers: [
          { text: '8 (495) 765-43-21 доб. 12', label: 'work' },
          { text: '8 495 765-43-22', label: 'fax' },
          { text: '+7 916 000-11-22', label: 'mobile' },
        ],
        emails: ['ivan@example.org', 'second@example.org'],
        links: ['http://example.org'],
        note: 'Звонить после обеда; не ранее, ладно',
        fields: [{ name: 'address', value: 'Москва, ул. Ленина, 1' }],
      },
      { name: 'Склад', numbers: [{ text: '204', label: 'work' }] },
    ]);
  });
});
