import { describe, expect, test } from 'vitest';
import { entryMessage, pageMessage, referenceMessage, resultMessage } from '#test/support/ldap-answers.ts';
import { readEntryName, readMessage } from './ldap-message.ts';

const search = 0x65;

describe('what a server says', () => {
  test('is an entry with values of any kind, a result, the next page, or a reference', () => {
    const bytes = Buffer.from('ff00fe', 'hex');
    const entry = readMessage(entryMessage(7, 'cn=Иван', { cn: ['Иван', 'Ваня'], photo: bytes, none: [] }));
    if (entry.kind !== 'entry') throw new Error(entry.kind);
    expect(entry.id).toBe(7);
    expect(entry.entry.dn).toBe('cn=Иван');
    expect(entry.entry.texts('CN')).toEqual(['Иван', 'Ваня']);
    expect(entry.entry.values('photo')).toEqual([bytes]);
    expect(readMessage(resultMessage(300, search, 4, 'enough'))).toMatchObject({
      kind: 'result',
      id: 300,
      status: 4,
      text: 'enough',
      cookie: null,
    });
    expect(readMessage(pageMessage(1, 'next'))).toMatchObject({ kind: 'result', cookie: Buffer.from('next') });
    expect(readMessage(pageMessage(1, ''))).toMatchObject({ kind: 'result', cookie: null });
    expect(readMessage(referenceMessage(2, 'ldap://elsewhere.test/'))).toEqual({
      kind: 'other',
      id: 2,
      operation: 0x73,
    });
  });

  test('is refused when any byte of it lies, and never read for ever', () => {
    const whole = entryMessage(7, 'cn=Иван', { cn: ['Иван'], telephoneNumber: ['101', '102'] });
    let refused = 0;
    for (let at = 0; at < whole.length; at += 1)
      for (const byte of [0x00, 0x04, 0x30, 0x7f, 0x80, 0x84, 0xff]) {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        try {
          readMessage(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          refused += 1;
        }
      }
    expect(refused).toBeGreaterThan(50);
    for (let length = 0; length < whole.length; length += 1)
      expect(() => readMessage(whole.subarray(0, length))).toThrow(RangeError);
  });

  test('is refused when it is nothing but depth or emptiness', () => {
    const deep = Array.from({ length: 40 }).reduce<Buffer>(
      (inner) => Buffer.concat([Buffer.from([0x30, inner.length]), inner]),
      Buffer.alloc(0),
    );
    expect(() => readMessage(deep)).toThrow(RangeError);
    const empty = Buffer.alloc(1_000_000);
    for (let at = 0; at < empty.length; at += 2) empty[at] = 0x04;
    expect(() => readMessage(Buffer.concat([Buffer.from('3083', 'hex'), Buffer.from('0f4240', 'hex'), empty]))).toThrow(
      RangeError,
    );
  });

  test('names its entry in its first bytes already', () => {
    const whole = entryMessage(9, 'cn=Иван', { photo: Buffer.alloc(100_000) });
    expect(readEntryName(whole.subarray(0, 60))).toEqual({ id: 9, dn: 'cn=Иван' });
    expect(() => readEntryName(whole.subarray(0, 15))).toThrow(RangeError);
    expect(() => readEntryName(resultMessage(1, search))).toThrow(RangeError);
  });
});
