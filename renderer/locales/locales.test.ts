import { describe, expect, it } from 'vitest';
import { errorCodes } from '#contract/errors.ts';
import { registrationState, sipTransport, mediaSecurity, disposition, callState } from '#contract/ipc/index.ts';
import { settingDefinitions } from '#contract/settings.ts';
import type { SettingKey } from '#contract/settings.ts';
import { choicesOf } from '#renderer/features/settings/setting-fields.ts';
import { createLocales } from './create-locales.ts';
import en from './en.json';
import ru from './ru.json';

const locales: Record<string, Record<string, string>> = { ru, en };
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
/** What core may put into `values` of an error, and sentences may therefore name. */
const errorValues = ['host', 'line', 'number', 'seconds', 'file', 'copy', 'status', 'place', 'text', 'port', 'other', 'sheet', 'heading', 'object', 'program', 'address'];
const sources = import.meta.glob(['../**/*.{vue,ts}', '!../**/*.test.ts'], { query: '?raw', import: 'default', eager: true });

describe('the languages of the window', () => {
  it('have the same keys', () => {
    expect(Object.keys(ru)).toEqual(Object.keys(en));
  });

  it.each(Object.keys(locales))('keep their keys sorted, none empty and none the parent of another: %s', (name) => {
    const messages = locales[name]!;
    const keys = Object.keys(messages);
    expect(keys).toEqual([...keys].sort());
    expect(keys.filter((key) => messages[key]!.trim() === '')).toEqual([]);
    expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
  });

  it('name the same values in the same sentence', () => {
    const differing = Object.keys(ru).filter((key) => {
      const forms = (text: string) => new Set(text.split(' | ').map((form) => placeholders(form).join()));
      return [...forms(locales['ru']![key]!)].join(';') !== [...forms(locales['en']![key]!)].join(';');
    });
    expect(differing).toEqual([]);
  });

  it('say what happened and what to try for every error code, with known values alone', () => {
    for (const messages of Object.values(locales)) {
      for (const code of errorCodes) {
        for (const part of ['what', 'advice']) {
          const sentence = messages[`errors.${code}.${part}`];
          expect(sentence, `${code}.${part}`).toBeTruthy();
          expect(sentence, `${code}.${part}`).toMatch(/[.!?]$/);
          for (const name of placeholders(sentence ?? '')) expect(errorValues).toContain(name);
        }
      }
    }
  });

  it('have a word for every state, way of ending, transport and setting', () => {
    const needed = [
      ...registrationState.options.map((state) => `line.state.${state}`),
      ...sipTransport.options.map((transport) => `line.transport.${transport}`),
      ...mediaSecurity.options.map((media) => `line.media.${media}`),
      ...disposition.options.flatMap((word) => [`call.ending.${word}`, `record.outcome.${word}`]),
      ...callState.options.map((state) => `call.state.${state}`),
      ...(Object.keys(settingDefinitions) as SettingKey[]).flatMap((key) => [
        `settings.${key}.label`,
        ...choicesOf(key).map((option) => `settings.${key}.option.${option}`),
      ]),
    ];
    expect(needed.filter((key) => !(key in ru))).toEqual([]);
  });

  it('have every key that the source names', () => {
    const named = Object.values(sources as Record<string, string>).flatMap((text) =>
      [...text.matchAll(/'([a-z]\w*\.[\w-]+\.[\w-]+(?:\.\w+)?)'/gi)].map((match) => match[1]!),
    );
    const domains = new Set(Object.keys(ru).map((key) => key.split('.')[0]));
    const keys = named.filter((key) => domains.has(key.split('.')[0]!) && !/\.(ts|vue|json)$/.test(key));
    expect(keys.length).toBeGreaterThan(100);
    expect([...new Set(keys)].filter((key) => !(key in ru))).toEqual([]);
  });

  it('compile, every one of them', () => {
    const { global } = createLocales('ru');
    for (const key of Object.keys(ru)) {
      for (const locale of ['ru', 'en'] as const) expect(global.t(key, { count: 3 }, { locale }), key).not.toBe(key);
    }
  });

  it('count in Russian as Russians do', () => {
    const { global } = createLocales('ru');
    const say = (seconds: number) => global.t('line.nextTry.note', { seconds }, seconds).replaceAll('\u00a0', ' ');
    expect([1, 2, 5, 11, 21, 104].map(say)).toEqual([
      'Следующая попытка через 1 секунду.',
      'Следующая попытка через 2 секунды.',
      'Следующая попытка через 5 секунд.',
      'Следующая попытка через 11 секунд.',
      'Следующая попытка через 21 секунду.',
      'Следующая попытка через 104 секунды.',
    ]);
  });

  it('use Russian quotation marks and dashes in Russian', () => {
    expect(Object.entries(ru).filter(([, text]) => /["“”]| - /.test(text))).toEqual([]);
  });
});
