/** What somebody types, letter by letter: names, firms, parts of numbers, words of notes, nothing that is there. */
export const searchTexts = [
  'алексей',
  'ольга де',
  'Сергей Петров',
  'Семёнова',
  'ромашка',
  'перезвонить',
  'договор скидка',
  'счёт пятница',
  'оплата',
  '8 916 123',
  '+7 495',
  '9031234',
  '123-45-67',
  '204',
  'щукин',
  'zzzz',
];
