import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPinoLogger } from './pino-logger.ts';
import { redactFields, redactText } from './redaction.ts';

function logged(write: (log: ReturnType<typeof createPinoLogger>['logger']) => void): string {
  let output = '';
  const { logger } = createPinoLogger({ file: null, level: 'debug', sink: { write: (line) => (output += line) } });
  write(logger);
  return output;
}

const word = fc.stringMatching(/^[A-Za-z]{4}[A-Za-z0-9+/]{8,20}$/);

describe('secrets', () => {
  it('hides them in every SIP header and SDP line that carries one', () => {
    fc.assert(
      fc.property(word, (secret) => {
        const message = [
          'REGISTER sip:pbx SIP/2.0',
          `Authorization: Digest username="101", realm="r", response="${secret}",`,
          ` cnonce="${secret}"`,
          `Proxy-Authorization: Basic ${secret}`,
          'Content-Length: 0',
          `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${secret}|2^20`,
          `a=ice-pwd:${secret}`,
          `ws://host/?token=${secret}&x=1`,
          `Bearer ${secret}`,
          `sip:101:${secret}@pbx`,
          `{"password":"${secret}"}`,
        ].join('\r\n');
        const output = logged((log) => log.info(message, { message, cause: new Error(message) }));
        expect(output).not.toContain(secret);
        expect(output).toContain('Content-Length');
      }),
    );
  });

  it('hides the value of every key that names one, whatever its type and depth', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'password',
          'authorizationPassword',
          'apiToken',
          'secret',
          'Authorization',
          'ha1',
          'digits',
          'pin',
        ),
        word,
        (key, secret) => {
          const output = logged((log) =>
            log.warn('x', { a: [{ [key]: secret }], b: new Map([['k', { [key]: { deep: secret } }]]) }),
          );
          expect(output).not.toContain(secret);
        },
      ),
    );
  });
});

describe('phone numbers', () => {
  it('never reach the output in any written form', () => {
    const separator = fc.constantFrom('', ' ', '-', ' (', ') ', '\u00a0', '.', '‑');
    const written = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 9 }), separator), { minLength: 10, maxLength: 14 })
      .map((parts) =>
        parts.map(([digit, gap], index) => (index === parts.length - 1 ? `${digit}` : `${digit}${gap}`)).join(''),
      )
      .filter((text) => !/^\d{1,3}(\.\d{1,3}){3}/.test(text) && !/\d{4}-\d\d-\d\d/.test(text));
    fc.assert(
      fc.property(written, (number) => {
        const output = redactText(`call to sip:${number}@pbx failed`);
        expect(output.replace(/\D/g, '').length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('are hidden where they came as numbers', () => {
    expect(redactFields({ number: 79161234567, port: 50600, at: 1767225600000 })).toEqual({
      number: '…67',
      port: 50600,
      at: 1767225600000,
    });
  });

  it('does not take addresses, dates and identifiers for numbers', () => {
    const text = '192.168.100.200:5060 at 2026-01-15T09:00:00.000Z, call 123e4567-e89b-12d3-a456-426614174000, SIP 486';
    expect(redactText(text)).toBe(text);
  });
});

describe('hostile fields', () => {
  it('writes one bounded line whatever it is given', () => {
    const circular: Record<string, unknown> = { long: 'x'.repeat(1_000_000) };
    circular.self = circular;
    Object.defineProperty(circular, 'trap', { enumerable: true, get: () => { throw new Error('no'); } }); // prettier-ignore
    const output = logged((log) =>
      log.error('a\nb', { circular, buffer: Buffer.alloc(1e6), list: new Array(1e5).fill(1) }),
    );
    expect(output.length).toBeLessThan(100_000);
    expect(output.trimEnd()).not.toContain('\n');
  });

  it('keeps the keys of the line itself', () => {
    const line = JSON.parse(logged((log) => log.child('sip').info('true', { msg: 'false', level: 99 }))) as Record<
      string,
      unknown
    >;
    expect(line).toMatchObject({ msg: 'true', category: 'sip', field_msg: 'false' });
  });

  it('redacts a long text in a moment', () => {
    const started = performance.now();
    redactText('1 '.repeat(500_000));
    redactText('a:'.repeat(500_000));
    redactText('authorization'.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
