import { describe, expect, it } from 'vitest';
import { chooseLocale } from './create-locales.ts';

describe('the language of the window', () => {
  it('is the one set, whatever the system speaks', () => {
    expect(chooseLocale('en', ['ru-RU'])).toBe('en');
  });

  it('is the first one of the system that the window knows', () => {
    expect(chooseLocale('system', ['de-DE', 'en-GB', 'ru'])).toBe('en');
    expect(chooseLocale('system', ['ru-RU', 'en'])).toBe('ru');
    expect(chooseLocale('system', ['de-DE'])).toBe('ru');
  });
});
