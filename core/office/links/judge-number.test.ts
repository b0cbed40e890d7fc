import { describe, expect, it } from 'vitest';
import { defaultSettings, type SettingsPatch } from '#contract/settings.ts';
import { parseNumber } from '#core/contacts/index.ts';
import { holdsUp, judgeNumber, refusalOf } from './judge-number.ts';

const usual = new Set<string>();
function judge(text: string, changes: SettingsPatch = {}): string {
  const settings = { ...defaultSettings, ...changes };
  return judgeNumber(parseNumber(text, settings), { settings, isUsual: (country) => usual.has(country) }).join(' ');
}

describe('what there is to think about before a number is dialled', () => {
  it.each([
    ['+7 495 123-45-67', ''],
    ['8 800 123-45-67', ''],
    ['204', ''],
    ['112', ''],
    ['8 803 123-45-67', 'premium'],
    ['8-809-123-45-67', 'premium'],
    ['+7 701 123-45-67', 'international unusual'],
    ['+7 940 123-45-67', 'international unusual'],
    ['+7 840 123-45-67', 'international unusual'],
    ['8 10 44 20 7123 4567', 'international unusual'],
    ['+44 20 7123 4567', 'international unusual'],
    ['+44 9012 345678', 'premium international unusual'],
    ['+44 7012 345678', 'premium international unusual'],
    ['+49 900 1234567', 'premium international unusual'],
    ['+49 137 1234567', 'premium international unusual'],
    ['+1 900 555-1234', 'premium international unusual'],
    ['+1 212 976-5555', 'premium international unusual'],
    ['+1 876 555-1234', 'international unusual'],
    ['+375 902 123456', 'premium international unusual'],
    ['+881 6 1234 56789', 'international satellite unusual'],
    ['00 881 6 1234 56789', 'international satellite unusual'],
    ['810881612345678', 'international satellite unusual'],
    ['+882 16 3123456', 'international satellite unusual'],
    ['+883 5100 12345', 'international satellite unusual'],
    ['+870 773 111632', 'international satellite unusual'],
    ['+979 123 456789', 'premium international unusual'],
    ['12345', 'short-code'],
    ['*#06#', 'feature-code'],
    ['*21*89161234567#', 'feature-code'],
    ['sip:anna@pbx.example', ''],
    ['sip:+449012345678@pbx.example', 'premium international unusual'],
    ['sip:*72@pbx.example', 'feature-code'],
  ])('%s: %s', (text, expected) => {
    expect(judge(text)).toBe(expected);
  });

  it('is told by the country of the office: +7 is not one country', () => {
    expect(judge('+7 701 123-45-67', { country: 'KZ' })).toBe('');
    expect(judge('+7 495 123-45-67', { country: 'KZ' })).toBe('international unusual');
    expect(judge('+7 809 123-45-67', { country: 'KZ' })).toContain('premium');
    expect(judge('+1 212 555-1234', { country: 'US' })).toBe('');
    expect(judge('+1 876 555-1234', { country: 'US' })).toBe('international unusual');
    expect(judge('0900 1234567', { country: 'DE' })).toBe('premium');
    expect(judge('09012345678', { country: 'GB' })).toBe('premium');
  });

  it('is less for countries that the office calls every day', () => {
    expect(judge('+7 701 123-45-67', { usualCountries: 'BY KZ' })).toBe('');
    expect(judge('+375 29 123-45-67', { usualCountries: 'BY KZ' })).toBe('');
    usual.add('GB');
    expect(judge('+44 20 7123 4567')).toBe('international');
    usual.clear();
  });

  it('sees a way abroad behind the office’s own way out', () => {
    expect(judge('9810881612345678', { dialOutPrefix: '9' })).toBe('international satellite unusual');
  });
});

describe('the office’s rules', () => {
  const rules = { ...defaultSettings };

  it('refuse what the office refuses, and name it', () => {
    const premium = refusalOf(['premium'], '8 809', { ...rules, premiumDialling: 'refuse' });
    expect(premium).toMatchObject({ code: 'dial.refused-premium', values: { number: '8 809' } });
    const abroad = refusalOf(['international'], '+44', { ...rules, internationalDialling: 'refuse' });
    expect(abroad).toMatchObject({ code: 'dial.refused-international' });
    expect(refusalOf(['premium', 'international', 'satellite'], '+881', rules)).toBeNull();
  });

  it('hold up what they ask for, and a feature code whatever they say', () => {
    expect(holdsUp(['premium'], rules)).toBe(true);
    expect(holdsUp(['premium'], { ...rules, premiumDialling: 'allow' })).toBe(false);
    expect(holdsUp(['international', 'unusual'], { ...rules, internationalDialling: 'allow' })).toBe(false);
    expect(holdsUp(['satellite'], { ...rules, internationalDialling: 'allow' })).toBe(true);
    expect(holdsUp(['feature-code'], { ...rules, premiumDialling: 'allow', internationalDialling: 'allow' })).toBe(
      true,
    );
    expect(holdsUp([], rules)).toBe(false);
  });
});
