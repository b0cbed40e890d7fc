import { linesWithoutDeceit, showLine } from '#core/foundation/index.ts';
import type { JournalledCall } from './call-journal-target.ts';
import { dispositionWords, type JournalLanguage } from './disposition-words.ts';

interface Words {
  incoming: string;
  outgoing: string;
  missed: string;
  number: string;
  withheld: string;
  begin: string;
  duration: string;
  result: string;
  line: string;
  outcome: string;
}

const words: Record<JournalLanguage, Words> = {
  ru: {
    incoming: 'Входящий звонок',
    outgoing: 'Исходящий звонок',
    missed: 'Пропущенный звонок',
    number: 'Номер',
    withheld: 'скрыт',
    begin: 'Начало',
    duration: 'Длительность',
    result: 'Чем закончился',
    line: 'Линия',
    outcome: 'Итог',
  },
  en: {
    incoming: 'Incoming call',
    outgoing: 'Outgoing call',
    missed: 'Missed call',
    number: 'Number',
    withheld: 'withheld',
    begin: 'Began',
    duration: 'Duration',
    result: 'How it ended',
    line: 'Line',
    outcome: 'Outcome',
  },
};

const two = (value: number) => String(value).padStart(2, '0');

function clock(at: number, language: JournalLanguage): string {
  const time = new Date(at);
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())];
  const day = language === 'ru' ? date.toReversed().join('.') : date.join('-');
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** e.g. `3:05`, `1:02:03`. */
function length(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

export interface CallDescription {
  /** One line of at most 200 characters. */
  subject: string;
  /** Lines, the user's note last; at most 20,000 characters. */
  body: string;
}

const longestBody = 20_000;

/** A call in words, as a journal of an office program has it, in the computer's own time. */
export function describeCall(call: JournalledCall, language: JournalLanguage): CallDescription {
  const say = words[language];
  const kind = call.disposition === 'missed' ? say.missed : call.direction === 'incoming' ? say.incoming : say.outgoing;
  const number = call.number === null ? say.withheld : showLine(call.display || call.number, 100);
  const whom = [call.name, call.firm]
    .map((text) => showLine(text, 80))
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index);
  const talk = call.answeredAt === null ? [] : [`${say.duration}: ${length(call.endedAt - call.answeredAt)}`];
  const outcome = call.outcome ? [`${say.outcome}: ${showLine(call.outcome, 100)}`] : [];
  const note = linesWithoutDeceit(call.note).trim();
  const lines = [
    ...whom,
    `${say.number}: ${number}`,
    `${say.begin}: ${clock(call.answeredAt ?? call.offeredAt, language)}`,
    ...talk,
    `${say.result}: ${dispositionWords[language][call.disposition]}`,
    `${say.line}: ${showLine(call.lineLabel, 100)}`,
    ...outcome,
    ...(note === '' ? [] : ['', note]),
  ];
  return {
    subject: showLine(`${kind}: ${whom.length > 0 ? whom.join(', ') : number}`, 200),
    body: lines.join('\n').slice(0, longestBody),
  };
}
