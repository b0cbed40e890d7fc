import { describe, expect, it } from 'vitest';
import type { CallFilter, LoggedCall, PersonDetail } from '#contract/ipc/index.ts';
import { defaultSettings } from '#contract/settings.ts';
import type { CallQuery } from '#core/call-log/index.ts';
import type { PersonMatch } from '#core/contacts/index.ts';
import { PartyCards } from './party-cards.ts';

const number = '+74951234567';

function person(id: string): PersonDetail {
  const shown = { partyKey: number, dial: number, display: '+7 495 123-45-67', extension: null };
  return {
    ...{ id, name: `Имя ${id}`, firm: '', role: '', department: '', photo: null, number: shown, numberCount: 1 },
    ...{ directoryIds: [], numbers: [], emails: [], links: [], notes: [], entries: [], reasons: [], pins: [] },
  };
}

const call = (id: string, followUpAt: number | null = null) =>
  ({ record: { id }, annotation: { followUpAt } }) as unknown as LoggedCall;

function desk(given: { matches?: PersonMatch[]; gone?: string[]; calls?: LoggedCall[]; address?: string }) {
  const asked: CallQuery[] = [];
  const cards = new PartyCards({
    directory: {
      match: (text) => (text === number ? (given.matches ?? []) : []),
      get: async (id) => (given.gone?.includes(id) ? null : person(id)),
    },
    archive: {
      async query(query) {
        asked.push(query);
        return { calls: given.calls ?? [], next: null };
      },
    },
    numberRules: () => defaultSettings,
    page: () => ({ label: 'CRM', address: given.address ?? '' }),
  });
  return { cards, filters: () => asked.map(({ filter }): CallFilter => filter) };
}

const match = (id: string, confidence: PersonMatch['confidence'] = 'certain'): PersonMatch => {
  return { confidence, person: person(id), label: 'work' };
};

describe('the card of a party', () => {
  it('shows the calls of the person, under whichever of their numbers', async () => {
    const { cards, filters } = desk({ matches: [match('a')], calls: [call('1')] });
    const card = await cards.compose({ partyKey: number });
    expect(card).toMatchObject({
      partyKey: number,
      matches: [{ person: { id: 'a' } }],
      calls: [{ record: { id: '1' } }],
    });
    expect(filters()).toEqual([{ personId: 'a' }, { personId: 'a', followUp: true }]);
  });

  it.each([
    ['several people have the number', [match('a'), match('b')]],
    ['the match is not sure', [match('a', 'possible')]],
    ['nobody is known', []],
  ])('shows the calls of the number where %s', async (_when, matches) => {
    const { cards, filters } = desk({ matches });
    await cards.compose({ number: '8 (495) 123-45-67' });
    expect(filters()[0]).toEqual({ partyKey: number });
  });

  it('takes nobody whose number only ends alike for another who may be meant', async () => {
    const { cards, filters } = desk({ matches: [match('a'), match('b', 'possible')] });
    await cards.compose({ partyKey: number });
    expect(filters()[0]).toEqual({ personId: 'a' });
  });

  it('leaves out a person who has gone meanwhile', async () => {
    const { cards } = desk({ matches: [match('a'), match('b')], gone: ['a'] });
    expect((await cards.compose({ partyKey: number })).matches.map(({ person: { id } }) => id)).toEqual(['b']);
  });

  it('has follow-ups by their time, the soonest first', async () => {
    const { cards } = desk({ matches: [match('a')], calls: [call('late', 20), call('soon', 10)] });
    const { followUps } = await cards.compose({ partyKey: number });
    expect(followUps.map(({ record }) => record.id)).toEqual(['soon', 'late']);
  });

  it('leads to the office’s own page with the number and the name', async () => {
    const { cards } = desk({ matches: [match('a')], address: 'https://crm.example/?n={number}&who={name}' });
    const { pages } = await cards.compose({ personId: 'a' });
    expect(pages).toEqual([{ label: 'CRM', url: 'https://crm.example/?n=%2B74951234567&who=%D0%98%D0%BC%D1%8F%20a' }]);
  });

  it('is empty for a text that is no number', async () => {
    const { cards, filters } = desk({});
    expect(await cards.compose({ number: 'склад' })).toMatchObject({ partyKey: null, matches: [], calls: [] });
    expect(filters()).toEqual([]);
  });
});
