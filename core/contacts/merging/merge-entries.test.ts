import { describe, expect, it } from 'vitest';
import { mergeEntries, type MergeOptions } from './merge-entries.ts';
import type { MergeEntry, Pin } from './merge-entry.ts';
import { mergeEntry as entry } from './merge-entry.test-support.ts';

const mobile = '+79161234567';
const other = '+79037654321';
const switchboard = '+74951234567';

const merge = (entries: readonly MergeEntry[], options: Partial<MergeOptions> = {}) =>
  mergeEntries(entries, { pins: [], order: ['own', 'outlook', 'excel', 'onec', 'ldap'], ...options });

/** Who is with whom, as lists of handles. */
const persons = (entries: readonly MergeEntry[], pins: readonly Pin[] = []) =>
  merge(entries, { pins }).persons.map((person) => person.entries.map(({ handle }) => handle).sort());

const alone = (entries: readonly MergeEntry[]) => entries.map(({ handle }) => [handle]);
const everybody = (entries: readonly MergeEntry[]) => [entries.map(({ handle }) => handle).sort()];

describe('one person', () => {
  it('is who has the same number under a name written in another way', () => {
    const entries = [
      entry('outlook/1', { name: 'Петров Иван Сергеевич', numbers: [mobile] }),
      entry('excel/1', { name: 'Иван Петров', numbers: [mobile] }),
      entry('onec/1', { name: 'ИП Петров И.С.', numbers: [mobile, other] }),
      entry('ldap/1', { name: 'Ivan Petrov', numbers: [other] }),
      entry('own/a', { name: '', numbers: [other] }),
    ];
    expect(persons(entries)).toEqual(everybody(entries));
  });

  it('is who has the same personal e-mail address', () => {
    const entries = [
      entry('outlook/1', { name: 'Ольга Демидова', emails: ['O.Demidova@romashka.example'] }),
      entry('ldap/1', { name: 'Демидова О.', emails: ['o.demidova@romashka.example'] }),
    ];
    expect(persons(entries)).toEqual(everybody(entries));
    expect(merge(entries).reasons).toEqual([
      { rule: 'email', value: 'o.demidova@romashka.example', handles: ['ldap/1', 'outlook/1'] },
    ]);
  });

  it('is who has the same whole name in the same firm, or with the patronymic and no other firm', () => {
    const inFirm = [
      entry('excel/1', { name: 'Демидова Ольга', firm: 'ООО «Ромашка»', numbers: [mobile] }),
      entry('onec/1', { name: 'Ольга Игоревна Демидова', firm: 'Ромашка', numbers: [other] }),
    ];
    expect(persons(inFirm)).toEqual(everybody(inFirm));
    const whole = [
      entry('excel/1', { name: 'Демидова Ольга Игоревна' }),
      entry('onec/1', { name: 'Ольга Игоревна Демидова', firm: 'Ромашка' }),
    ];
    expect(persons(whole)).toEqual(everybody(whole));
  });

  it('has the same extension behind the same number', () => {
    const entries = [
      entry('outlook/1', { name: 'Ольга', numbers: [`${switchboard}#12`] }),
      entry('excel/1', { name: 'Демидова Ольга', numbers: [`${switchboard}#12`] }),
      entry('excel/2', { name: 'Иван Петров', numbers: [`${switchboard}#13`] }),
    ];
    expect(persons(entries)).toEqual([['excel/1', 'outlook/1'], ['excel/2']]);
  });

  it('takes name, firm and photo from the first directory that has them, and each number once', () => {
    const [person] = merge([
      entry('excel/1', { name: 'Петров И.', firm: 'Ромашка', role: 'Слесарь', numbers: [mobile, other], photo: 'x' }),
      entry('outlook/1', { name: 'Иван Петров', numbers: [mobile], emails: ['a@b.example'], note: 'звонить утром' }),
    ]).persons;
    expect(person).toMatchObject({ id: 'excel/1', name: 'Иван Петров', firm: 'Ромашка', role: 'Слесарь', photo: 'x' });
    expect(person?.numbers.map(({ key, directoryIds }) => [key, directoryIds])).toEqual([
      [mobile, ['outlook', 'excel']],
      [other, ['excel']],
    ]);
    expect([person?.emails, person?.notes]).toEqual([['a@b.example'], ['звонить утром']]);
  });
});

describe('different people', () => {
  it('are those who share a switchboard, also when a firm has the number for its own', () => {
    const entries = [
      entry('excel/0', { name: 'ООО «Ромашка»', firm: 'Ромашка', numbers: [switchboard] }),
      entry('excel/1', { name: 'Иван Петров', firm: 'Ромашка', numbers: [switchboard] }),
      entry('excel/2', { name: 'Ольга Демидова', firm: 'Ромашка', numbers: [switchboard] }),
      entry('outlook/1', { name: 'Иван', numbers: [switchboard] }),
      entry('outlook/2', { name: '', numbers: [switchboard] }),
    ];
    expect(persons(entries)).toEqual(alone(entries));
  });

  it('are those who write from the office’s mailbox, or from one that others use too', () => {
    const role = [
      entry('excel/1', { name: 'Иван', emails: ['info@romashka.example'] }),
      entry('outlook/1', { name: 'Иван Петров', emails: ['info@romashka.example'] }),
    ];
    expect(persons(role)).toEqual(alone(role));
    const family = [
      entry('excel/1', { name: 'Иван Петров', emails: ['petrovy@mail.example'] }),
      entry('excel/2', { name: 'Мария Петрова', emails: ['petrovy@mail.example'] }),
      entry('outlook/1', { name: 'Петров', emails: ['petrovy@mail.example'] }),
    ];
    expect(persons(family)).toEqual(alone(family));
  });

  it('are a couple with one number, each of whom is still found in both directories', () => {
    const entries = [
      entry('excel/1', { name: 'Иванов Пётр', numbers: [switchboard] }),
      entry('excel/2', { name: 'Иванова Мария', numbers: [switchboard] }),
      entry('outlook/1', { name: 'Пётр Иванов', numbers: [switchboard] }),
      entry('outlook/2', { name: 'Мария Иванова', numbers: [switchboard] }),
    ];
    expect(persons(entries)).toEqual([
      ['excel/1', 'outlook/1'],
      ['excel/2', 'outlook/2'],
    ]);
  });

  it('are namesakes in one directory, and nobody guesses which of them another directory means', () => {
    const staff = ['Анна Белова', 'Олег Орлов', 'Яна Котова'].map((name, index) =>
      entry(`ldap/${index + 3}`, { name, firm: 'Ромашка', numbers: [switchboard] }),
    );
    const entries = [
      entry('excel/1', { name: 'Иванов Иван', firm: 'Ромашка', numbers: [switchboard] }),
      entry('ldap/1', { name: 'Иван Иванов', firm: 'Ромашка', numbers: [switchboard], emails: ['i1@r.example'] }),
      entry('ldap/2', { name: 'Иван Иванов', firm: 'Ромашка', numbers: [switchboard], emails: ['i2@r.example'] }),
      ...staff,
    ];
    expect(persons(entries)).toEqual(alone(entries));
  });

  it('are those of one whole name in two firms', () => {
    const entries = [
      entry('excel/1', { name: 'Иванов Иван Иванович', firm: 'Ромашка' }),
      entry('onec/1', { name: 'Иванов Иван Иванович', firm: 'Вектор' }),
      entry('outlook/1', { name: 'Иванов Иван Иванович' }),
    ];
    expect(persons(entries)).toEqual(alone(entries));
  });

  it('are those whom only a short number, or one of the office’s own, has in common', () => {
    const entries = [
      entry('excel/1', { name: 'Иван', numbers: ['204'] }),
      entry('ldap/1', { name: 'Иван Петров', numbers: ['204'] }),
    ];
    expect(persons(entries)).toEqual(alone(entries));
  });

  it('are not brought together by an entry that agrees with both', () => {
    const entries = [
      entry('excel/1', { name: 'Иванов Иван', numbers: [mobile] }),
      entry('outlook/1', { name: 'Иванов', numbers: [mobile, other] }),
      entry('onec/1', { name: 'Иванов Пётр', numbers: [other] }),
    ];
    expect(persons(entries)).toEqual(alone([entries[0]!, entries[2]!, entries[1]!]));
  });
});

describe('in one directory', () => {
  it('only the same name makes one person of two entries, with a number or an address of theirs', () => {
    const entries = [
      entry('excel/1', { name: 'Иван Петров', numbers: [mobile] }),
      entry('excel/2', { name: 'Петров Иван', numbers: [mobile, other] }),
      entry('excel/3', { name: 'Иван Петров', firm: 'Ромашка', numbers: ['+79990000000'] }),
    ];
    expect(persons(entries)).toEqual([['excel/1', 'excel/2'], ['excel/3']]);
    const short = [
      entry('excel/1', { name: 'Петров', numbers: [mobile] }),
      entry('excel/2', { name: 'Иван Петров', numbers: [mobile] }),
    ];
    expect(persons(short)).toEqual(alone(short));
  });
});

describe('the user’s word', () => {
  const entries = [
    entry('excel/1', { name: 'Иван Петров', numbers: [mobile] }),
    entry('outlook/1', { name: 'Петров И.', numbers: [mobile] }),
    entry('onec/1', { name: 'Слесарь', numbers: [other] }),
  ];
  const apart: Pin = { kind: 'apart', handles: ['outlook/1', 'excel/1'] };
  const together: Pin = { kind: 'together', handles: ['onec/1', 'excel/1'] };

  it('keeps apart, and joins, whatever the rules say', () => {
    expect(persons(entries, [apart])).toEqual([['excel/1'], ['onec/1'], ['outlook/1']]);
    expect(persons(entries, [together])).toEqual([['excel/1', 'onec/1', 'outlook/1']]);
    expect(merge(entries, { pins: [together] }).reasons[0]).toEqual({
      rule: 'pinned',
      value: '',
      handles: ['excel/1', 'onec/1'],
    });
  });

  it('holds for those who come together by others too', () => {
    const more = [...entries, entry('ldap/1', { name: 'Иван Петров', numbers: [mobile] })];
    expect(persons(more, [apart])).toEqual([['excel/1', 'ldap/1'], ['onec/1'], ['outlook/1']]);
  });

  it('does not matter where an entry is not there', () => {
    expect(persons(entries, [{ kind: 'together', handles: ['excel/1', 'gone/1'] }])).toEqual(persons(entries));
  });
});

describe('many entries', () => {
  it('under one number cost no more than as many under numbers of their own', () => {
    const names = (index: number) => `Имя${index % 4000} Фамилия${index}`;
    const crowd = Array.from({ length: 5_000 }, (_, index) =>
      entry(`${index % 2 ? 'excel' : 'onec'}/${index}`, { name: names(index), numbers: [switchboard] }),
    );
    const nameless = Array.from({ length: 5_000 }, (_, index) => entry(`ldap/${index}`, { numbers: [other] }));
    const same = Array.from({ length: 5_000 }, (_, index) =>
      entry(`${index % 2 ? 'excel' : 'onec'}/s${index}`, { name: 'Иван Петров', numbers: [mobile] }),
    );
    // Pair by pair this would take minutes.
    expect(merge([...crowd, ...nameless, ...same]).persons).toHaveLength(5_002);
  });
});
