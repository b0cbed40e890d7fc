const texts = {
  connect: ['Подключить к Offhook', 'Connect to Offhook'],
  connectNote: [
    'Панель звонит через Offhook на этом компьютере. Один раз разрешите ей это в окне Offhook.',
    'The pane calls through Offhook on this computer. Allow it once in the Offhook window.',
  ],
  compare: [
    'Сверьте число с тем, что показывает Offhook, и разрешите там',
    'Compare the number with the one that Offhook shows, and allow it there',
  ],
  refused: ['В Offhook отказали. Можно попросить ещё раз.', 'It was refused in Offhook. You may ask again.'],
  unreachable: [
    'Offhook не отвечает. Запустите его на этом компьютере.',
    'Offhook does not answer. Start it on this computer.',
  ],
  again: ['Повторить', 'Try again'],
  pickCell: ['Выделите ячейку с номером.', 'Select a cell with a number.'],
  noNumber: ['В письме нет номеров телефона.', 'There is no phone number in the message.'],
  noOffice: ['Эта страница открывается в Excel или Outlook.', 'This page opens in Excel or Outlook.'],
  call: ['Позвонить', 'Call'],
  card: ['Карточка', 'Card'],
  extension: ['доб.', 'ext.'],
  asked: ['Подтвердите звонок в окне Offhook', 'Confirm the call in the Offhook window'],
  hangUp: ['Завершить', 'Hang up'],
  numbers: ['Номера', 'Numbers'],
  offering: ['Входящий звонок', 'Incoming call'],
  dialing: ['Набираю', 'Dialling'],
  connected: ['Разговор', 'Talking'],
  onHold: ['На удержании', 'On hold'],
  disconnect: ['Отключить панель', 'Disconnect the pane'],
} as const;

export type TextName = keyof typeof texts;

/** @param language e.g. `ru-RU` */
export function textsFor(language: string): (name: TextName) => string {
  const index = /^(ru|be|kk|uk)\b/i.test(language) ? 0 : 1;
  return (name) => texts[name][index];
}
