/** The few words that the system shows for us, outside of the window. */
export interface MainWords {
  incomingCall: string;
  /** Before a name that is not certain. */
  doubts: Record<'likely' | 'possible', string>;
  /** For a caller who hides the number. */
  withheld: string;
  open: string;
  quit: string;
  failedTitle: string;
  occupied: string;
  agentDies: string;
}

const russian: MainWords = {
  incomingCall: 'Входящий звонок',
  doubts: { likely: 'вероятно, ', possible: 'возможно, ' },
  withheld: 'Номер скрыт',
  open: 'Открыть Offhook',
  quit: 'Выйти',
  failedTitle: 'Offhook не запустился',
  occupied: 'Offhook уже запущен с этим каталогом данных в другой оболочке: закройте её и попробуйте снова.',
  agentDies: 'Агент останавливается раз за разом. Причина записана в logs/offhook.log каталога данных.',
};

const english: MainWords = {
  incomingCall: 'Incoming call',
  doubts: { likely: 'probably ', possible: 'may be ' },
  withheld: 'Withheld number',
  open: 'Open Offhook',
  quit: 'Quit',
  failedTitle: 'Offhook did not start',
  occupied: 'An Offhook with this data directory runs already in the other shell: close it and try again.',
  agentDies: 'The agent ends again and again. The cause is in logs/offhook.log of the data directory.',
};

export function mainWords(locale: string): MainWords {
  return /^ru/i.test(locale) ? russian : english;
}
