import type { CallRecord, Disposition } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { recordColumns, toValues } from '#core/call-log/call-record-row.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';
import { seeded } from './seeded.ts';

/** How many parties an office of a million calls knows. */
const mostParties = 60_000;
/** Calls come from about three years up to here. */
export const lastCallAt = Date.UTC(2026, 0, 31, 15);
const years = 3;
const dayMilliseconds = 86_400_000;
const perTransaction = 50_000;
const zoneOffsetMinutes = 180;

const firstNames = 'Ольга Иван Мария Пётр Анна Сергей Елена Алексей Наталья Дмитрий Татьяна Артём Ирина Николай'.split(
  ' ',
);
const lastNames =
  'Демидов Петров Соколов Лебедев Королёв Кузнецов Морозов Волков Зайцев Павлов Семёнов Голубев Виноградов Богданов Фёдоров Беляев Тарасов Белов Комаров Орлов'.split(
    ' ',
  );
const firms = 'Ромашка Вектор Прогресс Салют Восход Гранит Рассвет Парус Меридиан Факел'.split(' ');
const noteWords =
  'счёт договор доставка оплата пятница перезвонить склад образцы скидка отсрочка накладная менеджер адрес прежний'.split(
    ' ',
  );
const outcomes = ['Договорились', 'Думает', 'Отказ'];
const lines = [
  ['line-1', 'Продажи'],
  ['line-2', 'Склад'],
  ['line-3', 'Бухгалтерия'],
] as const;
const incomingEndings: [Disposition, number][] = [
  ...([
    ['answered', 0.8],
    ['missed', 0.12],
    ['declined', 0.02],
    ['answered-elsewhere', 0.04],
  ] as [Disposition, number][]),
  ...([
    ['cut', 0.01],
    ['failed', 0.01],
  ] as [Disposition, number][]),
];
const outgoingEndings: [Disposition, number][] = [
  ...([
    ['answered', 0.68],
    ['no-answer', 0.16],
    ['busy', 0.08],
  ] as [Disposition, number][]),
  ...([
    ['cancelled', 0.05],
    ['failed', 0.02],
    ['cut', 0.01],
  ] as [Disposition, number][]),
];

interface Party {
  number: string;
  display: string;
  name: string | null;
}

function partiesOf(count: number, random: () => number): { outside: Party[]; inside: Party[] } {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const name = () =>
    random() < 0.2 ? `ООО «${pick(firms)} ${Math.floor(random() * 900)}»` : `${pick(firstNames)} ${pick(lastNames)}`;
  const named = () => (random() < 0.7 ? name() : null);
  const outside = Array.from({ length: count }, (_, index): Party => {
    const digits = String(9_000_000_000 + index * 16_661 + Math.floor(random() * 16_000));
    const [code, a, b, c] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)];
    return { number: `+7${digits}`, display: `+7 ${code} ${a}-${b}-${c}`, name: named() };
  });
  const inside = Array.from({ length: 60 }, (_, index) => {
    return { number: String(200 + index), display: String(200 + index), name: named() };
  });
  return { outside, inside };
}

function choose<T>(weighted: readonly [T, number][], random: () => number): T {
  let left = random();
  for (const [value, weight] of weighted) if ((left -= weight) < 0) return value;
  return weighted[0]![0];
}

/** Working hours of working days, a few calls outside of them; in the order of time. */
function moments(count: number, random: () => number): number[] {
  const moment = () => {
    const day = Math.floor(lastCallAt / dayMilliseconds - random() * years * 365);
    const weekend = (day + 3) % 7 > 4;
    if (weekend && random() < 0.9) return (day - 3) * dayMilliseconds + (6 + random() * 9) * 3_600_000;
    const hours = random() < 0.95 ? 6 + random() * 5 + random() * 4 : random() * 24;
    return day * dayMilliseconds + hours * 3_600_000;
  };
  return Array.from({ length: count }, () => Math.floor(moment())).sort((a, b) => a - b);
}

function callOf(index: number, offeredAt: number, { number, display, name }: Party, random: () => number): CallRecord {
  const internal = !number.startsWith('+');
  const direction = random() < 0.55 ? 'incoming' : 'outgoing';
  const disposition = choose(direction === 'incoming' ? incomingEndings : outgoingEndings, random);
  const talked = disposition === 'answered' || (disposition === 'cut' && random() < 0.8);
  const waited = Math.floor(2000 + random() * random() * 40_000);
  const withheld = direction === 'incoming' && random() < 0.02;
  const [lineId, lineLabel] = lines[Math.floor(random() ** 1.5 * lines.length)]!;
  return {
    ...{
      id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
      lineId,
      lineLabel,
      direction,
      internal,
    },
    ...{ number: withheld ? null : number, extension: null, display: withheld ? '' : display, withheld },
    ...{ name: withheld ? null : name, divertedFrom: null, partyKey: withheld ? null : number },
    ...{ offeredAt, answeredAt: talked ? offeredAt + waited : null, zoneOffsetMinutes, disposition, answeredBy: null },
    endedAt: offeredAt + waited + (talked ? Math.floor(5000 + random() ** 3 * 900_000) : 0),
    ...{
      sipStatus: talked ? 200 : 487,
      sipReason: talked ? 'OK' : null,
      sipCallId: `${index.toString(36)}@pbx.example`,
    },
    ...{ codec: talked ? 'PCMA' : null, encrypted: false, legs: [], pbxIds: {} },
  };
}

const columns = Object.values(recordColumns);

/**
 * Fills a new database file with `count` calls as an office has them, through the schema and triggers of the agent: three
 * years, three lines, up to 60,000 parties of which some call often, seven of ten with a name (half of these known as
 * people, some with two numbers), every fifth call with a note, every tenth internal. The same in every run.
 */
export function fillCallLog(file: string, count: number): void {
  const random = seeded(20_260_131);
  const database = openSqlite(file, agentSchema);
  // Nobody minds losing this file to a power cut.
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -262144');
  const parties = partiesOf(Math.min(mostParties, Math.ceil(count / 4)), random);
  const keepLine = database.prepare('INSERT INTO call_line (line_id, label) VALUES (?, ?)');
  for (const line of lines) keepLine.run(...line);
  const keepPerson = database.prepare('INSERT INTO person (id, name) VALUES (?, ?)');
  const keepOwner = database.prepare('INSERT INTO person_number (party_key, person_id) VALUES (?, ?)');
  database.transaction(() => {
    let person = '';
    for (const { number, name } of parties.outside.filter((party) => party.name !== null && random() < 0.5)) {
      if (person === '' || random() < 0.9) keepPerson.run((person = `person-${number}`), name);
      keepOwner.run(number, person);
    }
  })();
  const keep = database.prepare(
    `INSERT INTO call_record (sequence, line, ${columns.join(', ')}) VALUES (?, ?, ${columns.map(() => '?').join(', ')})`,
  );
  const note = database.prepare(
    'INSERT INTO call_annotation (sequence, note, outcome, changed_at) VALUES (?, ?, ?, ?)',
  );
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const times = moments(count, random);
  let sequence = 0;
  const fill = database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const internal = random() < 0.1;
      const among = internal ? parties.inside : parties.outside;
      const record = callOf(index, times[index]!, among[Math.floor(random() ** 3 * among.length)]!, random);
      sequence = Math.max(sequence + 1, record.offeredAt * 1000);
      if (random() < 0.2) {
        const words = Array.from({ length: 3 + Math.floor(random() * 6) }, () => pick(noteWords)).join(' ');
        note.run(sequence, words, random() < 0.3 ? pick(outcomes) : null, record.offeredAt);
      }
      const line = lines.findIndex(([lineId]) => lineId === record.lineId) + 1;
      keep.run(sequence, line, ...toValues(record));
    }
  });
  for (let from = 0; from < count; from += perTransaction) fill(from, Math.min(from + perTransaction, count));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
