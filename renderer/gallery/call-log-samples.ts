import type { CallAnnotation, CallRecord, Favourite, LoggedCall } from '#contract/ipc/index.ts';
import { sampleRecord } from './samples.ts';

const minute = 60_000;
const day = 86_400_000;

/** What the user may add to a call, with nothing but the parts given. */
export function sampleAnnotation(part: Partial<CallAnnotation> = {}): CallAnnotation {
  return {
    note: '',
    outcome: null,
    followUpAt: null,
    snoozedUntil: null,
    followUpDoneAt: null,
    tags: [],
    personId: null,
    ...part,
  };
}

export function sampleFavourites(): Favourite[] {
  return [
    { partyKey: '110', number: '110', display: '110', name: 'Бухгалтерия' },
    { partyKey: '+79030000042', number: '+79030000042', display: '+7 903 000-00-42', name: 'Ольга Демидова' },
    { partyKey: '+78000000055', number: '+78000000055', display: '+7 800 000-00-55', name: null },
  ];
}

/** A day's work: missed calls, one of them called back since, notes, a follow-up, and one party called again and again. */
export function sampleDay(): { records: CallRecord[]; added: Record<string, Partial<LoggedCall>> } {
  const noon = new Date().setHours(11, 52, 0, 0);
  const at = (minutes: number) => noon - minutes * minute;
  const missed = { disposition: 'missed', answeredAt: null } as const;
  const out = { direction: 'outgoing' } as const;
  const olga = { name: 'Ольга', number: '+79030000042', display: '+7 903 000-00-42' };
  const ivan = { name: 'Иван Петров', number: '+74951234567', display: '+7 495 123-45-67' };
  const records = [
    sampleRecord({ id: 'olga', offeredAt: at(0), ...olga, ...missed }),
    sampleRecord({ id: 'ivan', offeredAt: at(12), ...ivan }),
    sampleRecord({
      id: 'busy',
      offeredAt: at(47),
      number: '+74951234568',
      display: '+7 495 123-45-68',
      extension: '12',
      ...out,
      disposition: 'busy',
      answeredAt: null,
    }),
    sampleRecord({ id: 'unknown', offeredAt: at(81), ...missed }),
    sampleRecord({
      id: 'accounts',
      offeredAt: at(114),
      name: 'Бухгалтерия',
      number: '110',
      display: '110',
      internal: true,
    }),
    sampleRecord({
      id: 'withheld',
      offeredAt: at(130),
      name: null,
      number: null,
      display: '',
      withheld: true,
      ...missed,
    }),
    sampleRecord({
      id: 'long',
      offeredAt: at(150),
      number: '+74950000077',
      display: '+7 495 000-00-77',
      name: 'Общество с ограниченной ответственностью «Производственно-коммерческая фирма»',
    }),
    sampleRecord({ id: 'ivan-missed', offeredAt: at(160), ...ivan, ...missed }),
    sampleRecord({ id: 'ivan-first', offeredAt: at(175), ...ivan, ...out, disposition: 'no-answer', answeredAt: null }),
    sampleRecord({
      id: 'maria',
      offeredAt: at(18 * 60),
      name: 'Мария Соколова',
      number: '+78120000011',
      display: '+7 812 000-00-11',
      ...out,
    }),
    sampleRecord({
      id: 'delivery',
      offeredAt: at(19 * 60),
      name: 'Служба доставки',
      number: '+78000000055',
      display: '+7 800 000-00-55',
    }),
    sampleRecord({
      id: 'store',
      offeredAt: at(19.5 * 60),
      name: 'Склад',
      number: '204',
      display: '204',
      internal: true,
      ...out,
      disposition: 'no-answer',
      answeredAt: null,
    }),
  ];
  const person = { id: 'person-olga', name: 'Ольга Демидова' };
  const friday = new Date(noon + 2 * day).setHours(12, 0, 0, 0);
  const note = 'Просит счёт до пятницы, адрес доставки прежний.';
  return {
    records,
    added: {
      olga: { person },
      ivan: {
        annotation: sampleAnnotation({ note, outcome: 'Договорились', tags: ['счёт', 'доставка'], followUpAt: friday }),
      },
      'ivan-missed': { missed: { handledAt: at(12) + 8000, handledBy: 'ivan' } },
      maria: { annotation: sampleAnnotation({ note: 'Договор на подписи у директора' }) },
    },
  };
}

/** Many calls over many days, some parties again and again. */
export function sampleYears(count: number): CallRecord[] {
  const now = Date.now();
  const dispositions = ['answered', 'answered', 'answered', 'missed', 'no-answer', 'busy'] as const;
  return Array.from({ length: count }, (_, index) => {
    const party = (index * 7) % 97;
    const digits = String(100 + party);
    const disposition = dispositions[index % dispositions.length]!;
    const offeredAt = now - index * 11 * minute;
    return sampleRecord({
      id: `call-${index}`,
      offeredAt,
      number: `+7495000${digits}0`,
      display: `+7 495 000-${digits.slice(0, 2)}-${digits.slice(2)}0`,
      name: party % 3 === 0 ? null : `Абонент ${party}`,
      direction: disposition === 'no-answer' || disposition === 'busy' ? 'outgoing' : 'incoming',
      disposition,
      answeredAt: disposition === 'answered' ? offeredAt + 6000 : null,
    });
  });
}
