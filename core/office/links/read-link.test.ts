import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { defaultSettings } from '#contract/settings.ts';
import { dialPlan } from '#core/contacts/index.ts';
import { targetUri } from '#core/sip/messages/target-uri.ts';
import { isDialLink, readLink } from './read-link.ts';

const settings = { ...defaultSettings, areaCode: '495' };

function dialled(link: string): string {
  const { address, extension } = dialPlan(readLink(link).text, settings);
  return extension === null ? address : `${address} then ${extension}`;
}

describe('a tel: link', () => {
  it.each([
    ['tel:+74951234567', '+74951234567'],
    ['TEL:+7-495-123-45-67', '+74951234567'],
    ['tel:+7%20(495)%20123-45-67', '+74951234567'],
    ['tel:+7(495)123.45.67', '+74951234567'],
    ['tel://84951234567', '+74951234567'],
    ['tel:8 (495) 123-45-67', '+74951234567'],
    ['tel:8(495)123-45-67доб.12', '+74951234567 then 12'],
    ['tel:8(495)123-45-67%D0%B4%D0%BE%D0%B1.12', '+74951234567 then 12'],
    ['tel:8(495)123-45-67%20%E4%EE%E1.%2012', '+74951234567 then 12'],
    ['tel:8(495)123-45-67 (ext. 12)', '+74951234567 then 12'],
    ['tel:+74951234567;ext=12', '+74951234567 then 12'],
    ['tel:+74951234567;EXT=1-2', '+74951234567 then 12'],
    ['tel:+74951234567;ext=1234567', '+74951234567 then 1234567'],
    ['tel:+74951234567;isub=99;ext=12;x-any=thing', '+74951234567 then 12'],
    ['tel:+74951234567,,12#', '+74951234567 then ,12#'],
    ['tel:+74951234567p12', '+74951234567 then 12'],
    ['tel:+74951234567w12', '+74951234567 then 12'],
    ['tel:+74951234567;postd=pp22', '+74951234567 then ,,22'],
    ['tel:+74951234567;ext=5;postd=p22', '+74951234567 then 5,,22'],
    ['tel:123-45-67;phone-context=+7812', '+78121234567'],
    ['tel:101;phone-context=+7', '101'],
    ['tel:4512;phone-context=pbx.example', '4512'],
    ['tel:112', '112'],
    ['tel:+112', '112'],
    ['tel:204', '204'],
    ['tel:*%2306%23', '*#06#'],
    ['tel:*21*89161234567#', '*21*89161234567#'],
    ['tel:+74951234567?call', '+74951234567'],
    ['  tel:+74951234567  ', '+74951234567'],
  ])('%s dials %s', (link, expected) => {
    expect(dialled(link)).toBe(expected);
  });
});

describe('a callto: link', () => {
  it.each([
    ['callto:+74951234567', '+74951234567'],
    ['callto://+7(495)123-45-67', '+74951234567'],
    ['callto:84951234567?call', '+74951234567'],
    ['callto:tel:+74951234567;ext=12', '+74951234567 then 12'],
    ['callto:sip:anna@pbx.example', 'sip:anna@pbx.example'],
  ])('%s dials %s', (link, expected) => {
    expect(dialled(link)).toBe(expected);
  });
});

describe('a sip: link', () => {
  it.each([
    ['sip:101@pbx.example', 'sip:101@pbx.example'],
    ['sips:anna@pbx.example:5061', 'sips:anna@pbx.example:5061'],
    ['sip:anna@[2001:db8::1]', 'sip:anna@[2001:db8::1]'],
    ['sip:+74951234567@pbx.example;user=phone', '+74951234567'],
    ['sip:+74951234567;ext=12@pbx.example;user=phone', '+74951234567 then 12'],
    ['sip:84951234567', '+74951234567'],
    ['sip:anna@pbx.example;maddr=evil.example;method=REGISTER;lr', 'sip:anna@pbx.example'],
    ['sip:anna@pbx.example;transport=TCP', 'sip:anna@pbx.example;transport=tcp'],
    ['sip:anna@pbx.example?Replaces=1&Route=x', 'sip:anna@pbx.example'],
  ])('%s dials %s', (link, expected) => {
    expect(dialled(link)).toBe(expected);
  });
});

describe('what is no link to dial', () => {
  it.each([
    'tel:',
    'tel:anna',
    'tel:1-800-FLOWERS',
    'tel:+7495 evil 1234567',
    'tel:+74951234567;ext=',
    'tel:+74951234567;ext=a',
    'tel:+74951234567;postd=xyz',
    'tel:+74951234567;a b',
    'tel:$(calc.exe)',
    'tel:+7495`id`1234567',
    'tel:+74951234567|calc',
    'tel:+74951234567&calc',
    'tel:+74951234567"&calc&"',
    "tel:+74951234567'",
    'tel:+74951234567%22',
    'tel:<script>',
    'tel:+74951234567\r\nRoute: <sip:evil.example>',
    'tel:+74951234567%0d%0aRoute:%20x',
    'tel:+74951234567%250d',
    'tel:+74951234567%',
    'tel:+74951234567%00',
    'tel:+7495\u20281234567',
    'tel:+74951234567?x=%0d%0a',
    `tel:${'1'.repeat(41)}`,
    `tel:+7${' '.repeat(2000)}4951234567`,
    'callto:echo123',
    'callto:callto:+74951234567',
    'sip:anna',
    'sip:anna:secret@pbx.example',
    'sip:a@b@pbx.example',
    'sip:anna@pbx.example:99999',
    'sip:anna@pbx example',
    'sip:%0d%0a@pbx.example',
    'sip:an<na@pbx.example',
    'javascript:alert(1)',
    'mailto:anna@pbx.example',
    '+74951234567',
    '',
  ])('%j is refused', (link) => {
    const attempt = () => dialPlan(readLink(link).text, settings);
    expect(attempt).toThrow(OffhookError);
    expect(attempt).toThrow(/dial\.refused-unreadable|number\./);
  });

  it('is quoted in the refusal without what could disguise it', () => {
    expect(() => readLink(`tel:\u202e${'x'.repeat(500)}`)).toThrow(
      expect.objectContaining({ values: { text: `tel: ${'x'.repeat(55)}` } }),
    );
  });
});

describe('whatever a link holds', () => {
  const scheme = fc.constantFrom('tel:', 'tel://', 'callto:', 'callto://', 'sip:', 'sips:', 'TEL:', '');
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^\+?[\d ().-]{0,14}$/) },
    fc.constantFrom(
      ';ext=12',
      ';postd=p1',
      '@pbx.example',
      ';user=phone',
      '?Route=x',
      '%0d%0a',
      'доб. 12',
      ',,1',
      '\r\n',
    ),
    fc.constantFrom('"', '<', '>', '%', '%25', '%2', ':', ';', '@', '*', '#', '\u0000', '\u202e', '[::1]', '٣', '７'),
    fc.string({ maxLength: 12, unit: 'binary' }),
  );
  const link = fc.tuple(scheme, fc.array(piece, { maxLength: 8 })).map(([start, rest]) => start + rest.join(''));
  /** Most of the others are no numbers at all. */
  const number = fc.tuple(fc.stringMatching(/^(?:tel|callto|sip):\+?7495\d{7}$/), piece).map((parts) => parts.join(''));

  it('fails only in a way that can be told', () => {
    fc.assert(
      fc.property(link, (text) => {
        isDialLink(text);
        try {
          readLink(text);
        } catch (error) {
          expect(error).toBeInstanceOf(OffhookError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('reaches the wire only as a user part, a host and a port, with nothing unescaped', () => {
    let whole = 0;
    fc.assert(
      fc.property(fc.oneof(link, number), (text) => {
        let target: string;
        try {
          target = dialPlan(readLink(text).text, settings).target;
        } catch (error) {
          expect(error).toBeInstanceOf(OffhookError);
          return;
        }
        whole += 1;
        const uri = targetUri(target, 'office.example');
        if (uri !== null)
          expect(uri).toMatch(
            /^sip:(?:[\w\-.!~*'()&=+$,;?/]|%[\dA-F]{2})+@(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/,
          );
      }),
      { numRuns: 1500 },
    );
    expect(whole).toBeGreaterThan(100);
  });

  it('is read in a time that grows with its length alone', () => {
    const started = performance.now();
    for (const filling of [' ', '(', '1 ', '-', '1,', ';a', '%20', 'доб ', '1p', '.'])
      try {
        readLink(`tel:1${filling.repeat(999 / filling.length)}x`);
      } catch (error) {
        expect(error).toBeInstanceOf(OffhookError);
      }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
