import { expect, it } from 'vitest';
import { compareNames } from './compare-names.ts';
import { readName } from './read-name.ts';

const relation = (one: string, other: string) => {
  const there = compareNames(readName(one), readName(other));
  expect(compareNames(readName(other), readName(one))).toBe(there);
  return there;
};

it('takes words in any order for the same, with the patronymic or without it, with ё or е', () => {
  expect(relation('Петров Иван Сергеевич', 'Иван Петров')).toBe('same');
  expect(relation('Королёва Алёна', 'Алена КОРОЛЕВА')).toBe('same');
  expect(relation('Иван Сергеевич Петров', 'Петров Иван Сергеевич')).toBe('same');
});

it('takes the Latin spelling of a passport, of Outlook and of people for the same', () => {
  expect(relation('Алексей Щукин', 'Alexey Shchukin')).toBe('same');
  expect(relation('Юлия Хохлова', 'Yuliya Khokhlova')).toBe('same');
  expect(relation('Дмитрий Цветков', 'Dmitry Tsvetkov')).toBe('same');
});

it('takes a shorter form for agreeing: initials, a family name alone, a name and patronymic, an own firm', () => {
  expect(relation('Петров И.С.', 'Петров Иван Сергеевич')).toBe('agree');
  expect(relation('И. Петров', 'Иван Петров')).toBe('agree');
  expect(relation('Петров', 'Иван Петров')).toBe('agree');
  expect(relation('Иван', 'Петров Иван Сергеевич')).toBe('agree');
  expect(relation('Ольга Сергеевна', 'Петрова Ольга')).toBe('agree');
  expect(relation('ИП Петров И.С.', 'Петров Иван')).toBe('agree');
  expect(relation('Петров Ю. Я.', 'Юрий Яковлевич Петров')).toBe('agree');
  expect(relation('', 'Иван Петров')).toBe('agree');
});

it('keeps others apart: of one family, of one given name, with another patronymic or other initials', () => {
  expect(relation('Пётр Иванов', 'Мария Иванова')).toBe('differ');
  expect(relation('Иван Петров', 'Иван Сидоров')).toBe('differ');
  expect(relation('Иван Петров', 'Пётр Петров')).toBe('differ');
  expect(relation('Петров Иван Сергеевич', 'Петров Иван Алексеевич')).toBe('differ');
  expect(relation('Петров И.С.', 'Петров Иван Алексеевич')).toBe('differ');
  expect(relation('Иванов А.И.', 'Иванов Иван Андреевич')).toBe('differ');
  expect(relation('Петров И.', 'Петров А.')).toBe('differ');
  expect(relation('Склад 1', 'Склад 2')).toBe('differ');
});

it('tells a firm by its legal form, and knows it again whatever the form and the quotes', () => {
  expect(relation('ООО «Ромашка»', 'Ромашка, АО')).toBe('same');
  expect(relation('ООО «Ромашка»', 'Ромашка')).toBe('agree');
  expect(relation('ООО «Ромашка»', 'ООО «Ромашка плюс»')).toBe('differ');
  expect(relation('ООО «Петров»', 'Иван Петров')).toBe('differ');
});

it('reads hostile text in bounded time', () => {
  expect(relation('И'.repeat(100_000), `${'( '.repeat(50_000)}Иван`)).toBe('agree');
});
