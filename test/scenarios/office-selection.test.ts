import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOfficeSelection } from '#core/com-helper/index.ts';
import { findNumbers } from '#core/contacts/index.ts';
import { OutlookStandIn, type FrontWindow, type OfficeMood } from '#test/support/outlook-stand-in.ts';

const rules = { country: 'RU', areaCode: '495', internalMaxDigits: 4, dialOutPrefix: '', dialFormat: 'e164' } as const;
const file = 'C:\\Клиенты\\Обзвон.xlsx';

describe.skipIf(!OutlookStandIn.possible)(
  'what is selected in the window of Office in front, under Mono with stand-ins',
  () => {
    let office: OutlookStandIn;
    beforeAll(() => {
      office = OutlookStandIn.build();
    });
    afterAll(() => office.remove());

    const select = (front: FrontWindow, mood: OfficeMood = {}) => {
      office.front = front;
      return readOfficeSelection(office.command(null, mood), new AbortController().signal);
    };
    const numbersIn = (text: unknown) => findNumbers(String(text), rules).map(({ number }) => number);

    it('is the cells of Excel, whatever of them is seen', async () => {
      office.books = [
        {
          file,
          sheets: [
            {
              name: 'Клиенты',
              cells: {
                '17,3': { value: 9_161_234_567, text: '########' },
                '17,4': { value: 'нет' },
                '20,3': { value: '8 (495) 765-43-21' },
              },
            },
          ],
        },
      ];
      const areas: [number, number, number, number][] = [
        [17, 3, 18, 4],
        [20, 3, 1_048_576, 3],
      ];
      const found = await select({ kind: 'excel', file, sheet: 'Клиенты', areas }, { rejections: 1 });
      expect(found).toEqual({
        kind: 'excel',
        text: '9161234567\nнет\n8 (495) 765-43-21',
        name: 'Обзвон.xlsx',
      });
      expect(numbersIn(found?.text)).toEqual(['+79161234567', '+74957654321']);
    });

    it('is every number of a contact, with its kind before it', async () => {
      const contact = {
        Class: 40,
        FullName: 'Иванова Ольга',
        MobileTelephoneNumber: '8 916 123-45-67',
        BusinessTelephoneNumber: '(495) 765-43-21 доб. 12',
      };
      for (const window of ['explorer', 'inspector'] as const) {
        const found = await select({ kind: 'outlook', window, items: [contact] });
        expect(found).toMatchObject({
          kind: 'contact',
          name: 'Иванова Ольга',
          text: 'mobile: 8 916 123-45-67\nwork: (495) 765-43-21 доб. 12',
        });
        expect(numbersIn(found?.text)).toEqual(['+79161234567', '+74957654321']);
      }
    });

    it('is sender, subject and text of a message, no more of it than anybody reads', async () => {
      const message = {
        Class: 43,
        SenderName: 'Пётр',
        Subject: 'Перезвоните',
        Body: `+7 916 123-45-67 ${'я'.repeat(30_000)}`,
      };
      const found = await select({ kind: 'outlook', window: 'inspector', items: [message] });
      expect(found).toMatchObject({ kind: 'message', name: 'Пётр' });
      expect(found?.text).toMatch(/^Перезвоните\n\+7 916/);
      expect(String(found?.text).length).toBeLessThanOrEqual(20_012);
    });

    it('is nothing where nothing is selected, or another program is in front', async () => {
      expect(await select({ kind: 'outlook', window: 'explorer', items: [] })).toBeNull();
      expect(await select({ kind: 'none' })).toBeNull();
    });
  },
);
