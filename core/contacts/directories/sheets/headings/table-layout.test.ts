import { describe, expect, it } from 'vitest';
import type { TableRow } from '../table.ts';
import { locateLayout, recogniseLayout } from './table-layout.ts';

const rowsOf = (rows: readonly (readonly string[])[], first = 1): TableRow[] =>
  rows
    .map((cells, index) => ({ row: first + index, cells: [...cells], faults: null }))
    .filter(({ cells }) => cells.some((text) => text !== ''));

/** Roles by heading, with labels of numbers behind a slash. */
function roles(rows: readonly (readonly string[])[], headerRow: number | null = null) {
  const { headerRow: found, columns } = recogniseLayout(rowsOf(rows), headerRow);
  const shown = columns.map(({ role, label }) => (label === '' ? role : `${role}/${label}`));
  return [found, ...shown];
}

const people = [
  ['Иванова Ольга', '8 (916) 123-45-67', 'ООО «Ромашка»'],
  ['Петров Иван', '+7 495 765-43-21 доб. 12', 'АО «Лютик»'],
  ['Сидорова Анна', '89031112233, 89031112244', 'ИП Сидоров'],
];

describe('the columns of a sheet', () => {
  it.each([
    ['ФИО', 'name'],
    ['Ф.И.О. клиента', 'name'],
    ['Контактное лицо', 'name'],
    ['Фамилия, имя, отчество', 'name'],
    ['Клиент', 'name'],
    ['Full name', 'name'],
    ['Отчество', 'patronymic'],
    ['Last Name', 'familyName'],
    ['Телефон', 'number'],
    ['Телефоны', 'number'],
    ['Тел. моб.', 'number/mobile'],
    ['Моб.', 'number/mobile'],
    ['Сот. тел', 'number/mobile'],
    ['Раб. телефон', 'number/work'],
    ['Раб.', 'number/work'],
    ['Дом. тел.', 'number/home'],
    ['WhatsApp', 'number/WhatsApp'],
    ['Тел./факс', 'number/fax'],
    ['Факс', 'number/fax'],
    ['Внутренний номер', 'number/internal'],
    ['Номер телефона', 'number'],
    ['Mobile Phone', 'number/mobile'],
    ['Phone (work)', 'number/work'],
    ['Организация', 'firm'],
    ['Компания', 'firm'],
    ['Контрагент', 'firm'],
    ['Наименование организации', 'firm'],
    ['Company', 'firm'],
    ['Должность', 'role'],
    ['Job title', 'role'],
    ['Отдел', 'department'],
    ['Подразделение', 'department'],
    ['E-mail', 'email'],
    ['Эл. почта', 'email'],
    ['Почта', 'email'],
    ['Электронный адрес', 'email'],
    ['Сайт', 'link'],
    ['Комментарий', 'note'],
    ['Примечание к телефону', 'note'],
    ['Город', 'shown'],
    ['Ответственный менеджер', 'shown'],
    ['Телефон менеджера', 'shown'],
    ['Статус', 'shown'],
    ['Дата звонка', 'shown'],
    ['Почтовый индекс', 'shown'],
    ['ИНН', 'ignored'],
    ['Сумма долга', 'ignored'],
  ])('are told by their headings: %s is %s', (heading, role) => {
    const [, , ...found] = roles([
      ['Улица', heading, 'Телефон', 'Имя'],
      ['x', '', '', ''],
      ['y', '', '', ''],
    ]);
    expect(found[0]).toBe(role);
  });

  it('are told in the usual sheet of an office, below a title and blank rows', () => {
    const rows = [
      ['Клиенты ООО «Полюс» на 15.01.2026', '', '', ''],
      ['', '', '', ''],
      ['№', 'ФИО', 'Телефон', 'Организация'],
      ...people.map((cells, index) => [String(index + 1), ...cells]),
    ];
    expect(roles(rows)).toEqual([3, 'ignored', 'name', 'number', 'firm']);
  });

  it('are told by two lines of headings, where cells are merged across and down', () => {
    const rows = [
      ['База клиентов', '', '', '', ''],
      ['Клиент', '', 'Телефоны', '', 'Компания'],
      ['Фамилия', 'Имя', 'моб.', 'второй', ''],
      ['Иванова', 'Ольга', '89161234567', '8 495 765-43-21', 'Ромашка'],
    ];
    const { columns } = recogniseLayout(rowsOf(rows), null);
    expect(roles(rows)).toEqual([3, 'familyName', 'givenName', 'number/mobile', 'number', 'firm']);
    expect(columns.map(({ heading }) => heading)).toEqual(['Фамилия', 'Имя', 'моб.', 'Телефоны второй', 'Компания']);
  });

  it('are told by what is in them where headings do not say it', () => {
    const rows = [
      ['Имя', 'Контакты', 'Связь', 'Адрес в сети', '№'],
      ['Ольга', '8 (916) 123-45-67', 'olga@romashka.example', 'www.romashka.ru', 'К-17'],
      ['Иван', '8 (916) 123-45-68', 'ivan@romashka.example', 'lutik.ru/a', 'К-12'],
    ];
    expect(roles(rows)).toEqual([1, 'name', 'number', 'email', 'shown', 'id']);
  });

  it('are told without any headings', () => {
    expect(roles(people)).toEqual([0, 'name', 'number', 'firm']);
    expect(
      roles([
        ['17', 'a'],
        ['18', 'b'],
      ]),
    ).toEqual([0, 'ignored', 'ignored']);
  });

  it('are judged by content where a word means several things', () => {
    const rows = [
      ['Код', '№', 'Клиент', 'Контакт', 'Телефон'],
      ...people.map(([name, number, firm], index) => ['7', String(index + 1), firm!, name!, number!]),
    ];
    expect(roles(rows)).toEqual([1, 'shown', 'ignored', 'firm', 'name', 'number']);
    const ids = [
      ['Код', 'Клиент', 'Телефон'],
      ['A-1', 'Ольга', '1'],
      ['B-7', 'Иван', '2'],
    ];
    expect(roles(ids)).toEqual([1, 'id', 'name', 'number']);
  });

  it('are told below the row that the user chose', () => {
    const rows = [
      ['Телефон', 'Имя'],
      ['Что-то', 'Ещё'],
      ['89161234567', 'Ольга'],
    ];
    expect(roles(rows, 2)).toEqual([2, 'number', 'name']);
  });
});

describe('a remembered layout', () => {
  const layout = recogniseLayout(rowsOf([['ФИО', 'Телефон', 'Организация'], ...people]), null);

  it('is found again below a new title and beside a new column', () => {
    const moved = rowsOf([
      ['Клиенты', '', '', ''],
      [],
      ['№', 'Телефон', 'ФИО', 'Организация'],
      ...people.map(([a, b, c], at) => [String(at), b!, a!, c!]),
    ]);
    const found = locateLayout(layout, moved);
    expect(found.headerRow).toBe(3);
    expect(found.columns.map(({ heading, column }) => [heading, column])).toEqual([
      ['ФИО', 2],
      ['Телефон', 1],
      ['Организация', 3],
    ]);
  });

  it('stays as it is where its headings are not there, or twice', () => {
    expect(locateLayout(layout, rowsOf(people))).toEqual(layout);
    const twice = locateLayout(layout, rowsOf([['x', 'Телефон', 'Организация', 'ФИО', 'ФИО'], ...people]));
    expect(twice.columns[0]).toMatchObject({ heading: 'ФИО', column: 0 });
  });
});
