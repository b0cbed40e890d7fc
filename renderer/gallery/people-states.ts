import type { CallSnapshot } from '#contract/ipc/index.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { sampleAnnotation, sampleDay, sampleFavourites } from './call-log-samples.ts';
import {
  sampleCrowd,
  sampleDirectories,
  sampleDirectory,
  sampleMatch,
  sampleNumber,
  sampleOlga,
  samplePeople,
  samplePerson,
} from './people-samples.ts';
import { party, sampleCall, sampleLine } from './samples.ts';
import { samplePhoto } from './sample-photo.ts';

/** A small office with its people, and a day of calls with them. */
function office(): DemoState {
  const state = emptyState();
  const day = sampleDay();
  const noon = new Date(day.records[0]!.offeredAt);
  state.session.lines = [sampleLine()];
  Object.assign(state.session.settings, {
    pageAddress: 'https://crm.example/?tel={number}',
    pageLabel: 'Открыть в CRM',
  });
  state.favourites = sampleFavourites();
  state.records = day.records;
  state.added = {
    ...day.added,
    olga: {
      annotation: sampleAnnotation({
        note: 'Просила перезвонить по счёту 118',
        followUpAt: noon.setHours(18, 0),
      }),
    },
  };
  state.directories = sampleDirectories();
  state.people = samplePeople();
  state.photos = { 'photo-olga': samplePhoto };
  state.ownContacts = {
    'own-Мария Соколова': {
      ...{ name: 'Мария Соколова', firm: 'ООО «Пример»', role: 'бухгалтер', department: '', links: [], note: '' },
      numbers: [{ text: '+7 812 000-00-11', label: 'work' }],
      emails: ['maria@primer.example'],
    },
  };
  return state;
}

const olga = party({ number: '+79030000042', display: '+7 903 000-00-42', name: null });

function incoming(part: Partial<CallSnapshot>): CallSnapshot {
  const fresh = { id: 'call-in', direction: 'incoming', state: 'offering', answeredAt: null, codec: null } as const;
  return sampleCall({ ...fresh, startedAt: Date.now() - 3000, ...part });
}

function ringing(part: Partial<CallSnapshot>): DemoState {
  const state = office();
  state.session.calls = [incoming(part)];
  return state;
}

const longNamed = samplePerson({
  name: 'Константин Константинович Рождественский-Преображенский',
  firm: 'Общество с ограниченной ответственностью «Производственно-коммерческая фирма»',
  role: 'заместитель генерального директора по общим вопросам',
  numbers: [sampleNumber('+74950000099', '+7 495 000-00-99')],
});

/** Every state of people and cards worth looking at, by name. */
export const peopleStates: Record<string, () => DemoState> = {
  people: office,
  peopleEmpty: () => ({ ...office(), people: [], directories: [sampleDirectory('own', { entries: 0 })] }),
  peopleMany: () => ({ ...office(), crowd: sampleCrowd(100_000) }),
  peopleFailing: () => ({ ...office(), broken: ['people.list'] }),
  personFailing: () => ({ ...office(), broken: ['people.card', 'people.merge', 'people.save'] }),
  ringKnown: () => ringing({ remote: { ...olga, name: 'OLGA D' }, match: sampleMatch(sampleOlga()) }),
  ringUnknown: () => ringing({ remote: party({ number: '+79160000099', display: '+7 916 000-00-99', name: null }) }),
  ringSeveral() {
    const state = ringing({
      remote: party({ number: '204', display: '204', name: null }),
      match: sampleMatch(sampleOlga(), { label: 'internal', others: 2 }),
    });
    const guard = samplePerson({
      name: 'Пост охраны',
      kind: 'ldap',
      numbers: [sampleNumber('204', '204', { label: 'internal', directoryIds: ['ldap'] })],
    });
    return { ...state, people: [...state.people, guard] };
  },
  ringPossible: () => ringing({ remote: olga, match: sampleMatch(sampleOlga(), { confidence: 'possible' }) }),
  ringWithheld: () => ringing({ remote: party({ withheld: true, name: null, number: null, display: '' }) }),
  ringLong() {
    const state = ringing({
      remote: party({ number: '+74950000099', display: '+7 495 000-00-99', name: 'KONSTANTIN R' }),
      match: sampleMatch(longNamed),
    });
    return { ...state, people: [...state.people, longNamed] };
  },
  ringWaiting() {
    const state = ringing({ remote: olga, match: sampleMatch(sampleOlga()) });
    const ivan = state.people[1]!;
    return {
      ...state,
      session: { ...state.session, calls: [sampleCall({ match: sampleMatch(ivan) }), ...state.session.calls] },
    };
  },
  callKnown() {
    const state = office();
    state.session.calls = [sampleCall({ remote: olga, match: sampleMatch(sampleOlga()) })];
    return state;
  },
  callUnknown() {
    const state = office();
    state.session.calls = [
      sampleCall({ remote: party({ number: '+79160000099', display: '+7 916 000-00-99', name: null }) }),
    ];
    return state;
  },
};
