import { expect, it } from 'vitest';
import { defaultSettings, isOnFor, readSettings, readSite } from './settings.ts';

it('are as from the start where nothing, or nonsense, is stored', () => {
  expect(readSettings({})).toEqual(defaultSettings);
  expect(readSettings({ enabled: 'no', country: 'Россия', offSites: [1, 'a.ru'] })).toEqual({
    ...defaultSettings,
    offSites: ['a.ru'],
  });
});

it('leave a site alone with all below it, and no other', () => {
  const settings = { ...defaultSettings, offSites: ['office.ru'] };
  expect(['office.ru', 'crm.office.ru', 'myoffice.ru'].map((host) => isOnFor(host, settings))).toEqual([
    false,
    false,
    true,
  ]);
  expect(isOnFor('a.ru', { ...settings, enabled: false })).toBe(false);
});

it('read a site however it is written', () => {
  expect(['https://www.Office.ru/page?x', ' office.ru:8080', ''].map(readSite)).toEqual([
    'office.ru',
    'office.ru',
    null,
  ]);
});
