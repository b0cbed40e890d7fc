import { describe, expect, it } from 'vitest';
import { settingDefinitions } from '#contract/settings.ts';
import type { SettingKey } from '#contract/settings.ts';
import { choicesOf, fieldKind, keysOf, readField } from './setting-fields.ts';

describe('the settings page', () => {
  it('shows every setting in exactly one section', () => {
    const shown = (['general', 'dialling', 'audio', 'recording', 'records', 'people', 'links', 'programs'] as const).flatMap(keysOf);
    expect(shown.toSorted()).toEqual(Object.keys(settingDefinitions).toSorted());
  });

  it('reads how to show a setting from its schema', () => {
    expect(fieldKind('theme')).toBe('choice');
    expect(choicesOf('theme')).toEqual(['system', 'light', 'dark']);
    expect(fieldKind('internalMaxDigits')).toBe('number');
    expect(fieldKind('areaCode')).toBe('text');
    expect(fieldKind('ringerId')).toBe('device');
  });

  it('takes back what it shows, for every default', () => {
    for (const key of Object.keys(settingDefinitions) as SettingKey[]) {
      expect(readField(key, String(settingDefinitions[key].default))).toBe(settingDefinitions[key].default);
    }
  });

  it('turns away what a setting cannot be', () => {
    expect(readField('areaCode', 'abc')).toBeUndefined();
    expect(readField('internalMaxDigits', '40')).toBeUndefined();
    expect(readField('internalMaxDigits', 'x')).toBeUndefined();
  });
});
