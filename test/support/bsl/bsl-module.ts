import { bslTokens, type BslToken } from './bsl-tokens.ts';

export interface BslMethod {
  name: string;
  exported: boolean;
  parameters: string[];
  line: number;
}

export interface BslCall {
  /** Name before the dot; null for a call of one's own or of the platform. */
  of: string | null;
  name: string;
  /** Commas between its arguments, and one. */
  arguments: number;
  line: number;
}

export interface BslModule {
  methods: BslMethod[];
  calls: BslCall[];
  /** Types behind `Новый`. */
  made: string[];
  /** Every text in it. */
  texts: string[];
  tokens: BslToken[];
}

const blocks: Record<string, string> = {
  Процедура: 'КонецПроцедуры',
  Функция: 'КонецФункции',
  Если: 'КонецЕсли',
  Для: 'КонецЦикла',
  Пока: 'КонецЦикла',
  Попытка: 'КонецПопытки',
};
const ends = new Set(Object.values(blocks));
const notCalled = new Set(['Если', 'ИначеЕсли', 'Пока', 'И', 'Или', 'Не', 'Возврат', 'Из', 'По', 'Тогда', 'Новый']);

/** Reads a module and throws where its blocks or brackets do not fit together. */
export function readBslModule(source: string): BslModule {
  const tokens = bslTokens(source).filter(({ kind }) => kind !== 'directive');
  checkBlocks(tokens);
  const methods: BslMethod[] = [];
  const calls: BslCall[] = [];
  const made: string[] = [];
  tokens.forEach(({ kind, value, line }, at) => {
    if (kind !== 'word') return;
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    if (before?.value === 'Новый' && before.kind === 'word') return void made.push(value);
    if (next?.value !== '(' || next.kind !== 'sign' || notCalled.has(value)) return;
    const given = argumentsFrom(tokens, at + 1);
    if (before?.value === 'Процедура' || before?.value === 'Функция') {
      const exported = tokens[given.end + 1]?.value === 'Экспорт';
      const parameters = tokens.slice(at + 2, given.end).filter((token) => token.kind === 'word');
      methods.push({ name: value, exported, parameters: parameters.map((token) => token.value), line });
      return;
    }
    const owner = before?.value === '.' ? tokens[at - 2] : null;
    // A method of a value that was got by another call or an index has no name before its dot.
    const of = owner === null ? null : owner?.kind === 'word' ? owner.value : '';
    calls.push({ of, name: value, arguments: given.count, line });
  });
  const texts = tokens.filter(({ kind }) => kind === 'text').map(({ value }) => value);
  return { methods, calls, made, texts, tokens };
}

function checkBlocks(tokens: readonly BslToken[]): void {
  const open: { end: string; line: number }[] = [];
  for (const { kind, value, line } of tokens) {
    const opens = kind === 'sign' ? { '(': ')', '[': ']' }[value] : kind === 'word' ? blocks[value] : undefined;
    const closes = kind === 'sign' ? value === ')' || value === ']' : kind === 'word' && ends.has(value);
    if (opens) open.push({ end: opens, line });
    if (!closes) continue;
    const last = open.pop();
    if (last?.end !== value) throw new Error(`line ${line}: ${value}, where ${last?.end ?? 'nothing'} is to end`);
  }
  if (open.length > 0) throw new Error(`line ${open[0]?.line}: no ${open[0]?.end}`);
}

/** @param at of the opening bracket */
function argumentsFrom(tokens: readonly BslToken[], at: number): { end: number; count: number } {
  let depth = 0;
  let commas = 0;
  for (let place = at; place < tokens.length; place += 1) {
    const token = tokens[place];
    if (token?.kind !== 'sign') continue;
    if (token.value === '(' || token.value === '[') depth += 1;
    if (token.value === ')' || token.value === ']') depth -= 1;
    if (token.value === ',' && depth === 1) commas += 1;
    if (depth === 0) return { end: place, count: place === at + 1 ? 0 : commas + 1 };
  }
  throw new Error('a bracket that is not closed');
}
