import { createContext, runInContext } from 'node:vm';
import { bslTokens, type BslToken } from './bsl-tokens.ts';

const words: Record<string, string> = {
  Процедура: 'function ',
  Функция: 'function ',
  Экспорт: '{',
  КонецПроцедуры: '}',
  КонецФункции: '}',
  Если: 'if (',
  ИначеЕсли: '} else if (',
  Тогда: ') {',
  Иначе: '} else {',
  КонецЕсли: '}',
  КонецЦикла: '}',
  Возврат: 'return ',
  И: ' && ',
  Или: ' || ',
  Не: '!',
  Истина: 'true',
  Ложь: 'false',
  Неопределено: 'undefined',
  Null: 'null',
  Добавить: 'push',
};

/** What the platform gives to pure logic. Places are counted from 1. */
const platform = {
  СтрДлина: (text: string) => text.length,
  Сред: (text: string, from: number, length: number) => text.slice(from - 1, from - 1 + length),
  Лев: (text: string, length: number) => text.slice(0, length),
  Прав: (text: string, length: number) => (length > 0 ? text.slice(-length) : ''),
  КодСимвола: (text: string) => text.charCodeAt(0),
  Цел: Math.trunc,
  СтрНайти: (text: string, part: string) => text.indexOf(part) + 1,
};

/**
 * Runs a module of pure logic: methods, conditions, loops over numbers and collections, texts and numbers. Associations
 * are plain objects, arrays are arrays. Not a whole interpreter of 1C's language, and not 1C.
 */
export function runBsl(source: string): Record<string, (...given: unknown[]) => unknown> {
  const context = createContext({ ...platform });
  runInContext(translate(bslTokens(source).filter(({ kind }) => kind !== 'directive')), context);
  return context as Record<string, (...given: unknown[]) => unknown>;
}

function translate(tokens: readonly BslToken[]): string {
  const parts: string[] = [];
  /** Between `Процедура` and its first statement, in a condition, after `Возврат`: there `=` compares. */
  let compares = false;
  let inLoop = false;
  let header = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const { kind, value } = tokens[at] as BslToken;
    const next = tokens[at + 1];
    if (kind === 'text') parts.push(JSON.stringify(value));
    else if (value === 'Для') {
      const each = next?.value === 'Каждого';
      inLoop = true;
      parts.push(`for (var ${tokens[at + (each ? 2 : 1)]?.value}`);
      at += each ? 2 : 1;
      if (!each) {
        parts.push(' = ');
        at += 1;
      }
      header = !each;
    } else if (inLoop && value === 'Из') parts.push(' of ');
    else if (inLoop && value === 'По') {
      const counter = /var (\S+)$/.exec(parts.findLast((part) => part.startsWith('for (')) ?? '')?.[1];
      parts.push(`; ${counter} <= `);
    } else if (inLoop && value === 'Цикл') {
      const counter = /var (\S+)$/.exec(parts.findLast((part) => part.startsWith('for (')) ?? '')?.[1];
      parts.push(header ? `; ${counter} += 1) {` : ') {');
      [inLoop, header] = [false, false];
    } else if (value === 'Новый') {
      parts.push(next?.value === 'Массив' ? '[]' : '{}');
      at += 1;
    } else if (value === ';') {
      parts.push(';\n');
      compares = false;
    } else if (value === '=') parts.push(compares ? ' === ' : ' = ');
    else if (value === '<>') parts.push(' !== ');
    else parts.push(translateWord(tokens, at));
    if (value === '=' || ['Если', 'ИначеЕсли', 'Возврат'].includes(value)) compares = true;
    if (value === 'Тогда' || value === 'Иначе') compares = false;
  }
  return parts.join('');
}

function translateWord(tokens: readonly BslToken[], at: number): string {
  const { kind, value } = tokens[at] as BslToken;
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  if (kind !== 'word') return closesHeader(tokens, at) ? `${value} {` : value;
  if (value === 'Экспорт') return ' {';
  const translated = words[value];
  if (translated !== undefined) return translated;
  const begins =
    before === undefined || before.value === ';' || ['Тогда', 'Иначе', 'Цикл', 'Экспорт', ')'].includes(before.value);
  return begins && next?.value === '=' ? `var ${value}` : value;
}

/** The bracket that ends the head of a method that is not exported. */
function closesHeader(tokens: readonly BslToken[], at: number): boolean {
  if (tokens[at]?.value !== ')' || tokens[at + 1]?.value === 'Экспорт') return false;
  let depth = 0;
  for (let place = at; place >= 0; place -= 1) {
    const { value, kind } = tokens[place] as BslToken;
    if (kind !== 'sign') continue;
    if (value === ')') depth += 1;
    if (value === '(') depth -= 1;
    if (depth === 0) return ['Процедура', 'Функция'].includes(tokens[place - 2]?.value ?? '');
  }
  return false;
}
