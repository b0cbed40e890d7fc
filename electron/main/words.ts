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
  copiedNumber: string;
  /** Of the key that dials what is selected. */
  dialKey: { title: string; taken: string; empty: string; unreadable: string; failed: string };
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
  copiedNumber: 'Скопирован номер',
  dialKey: {
    title: 'Набрать выделенное',
    taken: 'Эти клавиши заняты другой программой или записаны неверно. Выберите другие в настройках.',
    empty: 'Ничего не выделено.',
    unreadable: 'Выделенное не удалось прочитать. Скопируйте номер и вставьте его в окно Offhook.',
    failed: 'Не получилось. Наберите номер в окне Offhook.',
  },
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
  copiedNumber: 'A number was copied',
  dialKey: {
    title: 'Dial what is selected',
    taken: 'Another program has these keys, or they are none. Choose others in the settings.',
    empty: 'Nothing is selected.',
    unreadable: 'What is selected could not be read. Copy the number and paste it into Offhook.',
    failed: 'It did not work. Dial the number in Offhook’s window.',
  },
};

export function mainWords(locale: string): MainWords {
  return /^ru/i.test(locale) ? russian : english;
}
