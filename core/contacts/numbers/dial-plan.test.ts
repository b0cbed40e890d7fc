import { describe, expect, it } from 'vitest';
import { dialPlan } from './dial-plan.ts';
import { formatNumber } from './format-number.ts';
import { matchKey } from './match-key.ts';
import { office } from './number-rules.test-support.ts';
import type { NumberRules } from './number-rules.ts';

describe('dialPlan', () => {
  it.each([
    ['e164', '', '8 495 123 45 67', '+74951234567'],
    ['digits', '', '8 495 123 45 67', '74951234567'],
    ['national', '', '+7 495 123 45 67', '84951234567'],
    ['national', '', '+44 20 7183 8750', '810442071838750'],
    ['national', '9', '123-45-67', '984951234567'],
    ['e164', '9', '123-45-67', '974951234567'],
    ['digits', '9', '+44 20 7183 8750', '9442071838750'],
    ['national', '9', '9 8 495 123-45-67', '984951234567'],
  ] as const)('sends an outside number as %s behind %j: %s → %s', (dialFormat, dialOutPrefix, text, address) => {
    expect(dialPlan(text, { ...office, dialFormat, dialOutPrefix })).toMatchObject({ address, target: address });
  });

  it.each(['600', '1001', '*72', '*21*89161234567#', '12345', '112', '101', '102', '103'])(
    'sends %s unaltered',
    (text) => {
      for (const dialFormat of ['e164', 'digits', 'national'] as const) {
        expect(dialPlan(text, { ...office, dialFormat, dialOutPrefix: '9' }).address).toBe(text);
      }
    },
  );

  it('marks emergency numbers whatever the rules say', () => {
    const hostile: NumberRules = {
      country: 'ZZ',
      areaCode: '1',
      dialOutPrefix: '1',
      dialFormat: 'national',
      internalMaxDigits: 0,
    };
    for (const text of ['112', '101', '102', '103']) {
      expect(dialPlan(text, hostile)).toMatchObject({ address: text, emergency: true, extension: null, rules: [] });
    }
    expect(dialPlan('1120', hostile).emergency).toBe(false);
  });

  it('names the rules that applied, in order', () => {
    const rules = { ...office, dialFormat: 'national', dialOutPrefix: '9' } as const;
    expect(dialPlan('123-45-67', rules).rules).toEqual(['area-code', 'country', 'national-format', 'dial-out']);
    expect(dialPlan('8 495 123-45-67 доб. 12', office)).toEqual({
      address: '+74951234567',
      target: '+74951234567',
      extension: '12',
      display: '+7 495 123-45-67',
      emergency: false,
      rules: ['trunk-prefix'],
      kind: 'public',
      e164: '+74951234567',
    });
  });

  it('gives a SIP address as it is, shown without its scheme', () => {
    expect(dialPlan('sip:Ivan@pbx.local', office)).toMatchObject({
      target: 'sip:Ivan@pbx.local',
      display: 'Ivan@pbx.local',
    });
  });
});

describe('formatNumber', () => {
  it.each([
    ['+74951234567', '+7 495 123-45-67'],
    ['89161234567', '+7 916 123-45-67'],
    ['+375291234567', '+375 29 123-45-67'],
    ['+442071838750', '+44 20 7183 8750'],
    ['+12125550123', '+1 212 555-0123'],
    ['600', '600'],
    ['sip:echo@pbx', 'echo@pbx'],
    ['\u202eevil\u0007\n', 'evil'],
  ])('shows %j as %j', (number, shown) => {
    expect(formatNumber(number, office)).toBe(shown);
  });

  it('bounds what it cannot read', () => {
    expect(formatNumber('x'.repeat(10_000), office)).toHaveLength(128);
  });
});

describe('matchKey', () => {
  it('gives one key for every form of a number', () => {
    const forms = ['8 (495) 123-45-67', '+74951234567', '84951234567 доб. 12', 'tel:+7-495-123-45-67'];
    for (const form of forms) expect(matchKey(form, office)).toEqual({ key: '+74951234567', confidence: 'certain' });
  });

  it('says how far a key can be trusted', () => {
    expect(matchKey('123-45-67', office)).toEqual({ key: '+74951234567', confidence: 'local' });
    expect(matchKey('600', office)).toEqual({ key: '600', confidence: 'local' });
    expect(matchKey('12345', office)).toEqual({ key: '12345', confidence: 'weak' });
    expect(matchKey('+73000000000', office)).toEqual({ key: '+73000000000', confidence: 'weak' });
    expect(matchKey('Ivan@PBX.local', office)).toEqual({ key: 'sip:ivan@pbx.local', confidence: 'certain' });
    expect(matchKey('Мария', office)).toBeNull();
  });
});
