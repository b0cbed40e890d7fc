import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maximumMessageSize, StreamFramer, type Framed } from './stream-framing.ts';

function message(body: string, lengthName: string, filler: string): string {
  return `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nX-Note: ${filler}\r\n${lengthName}: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function split(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
}

function messages(framed: Framed[]): string[] {
  return framed.flatMap((item) => (item.kind === 'message' ? [item.bytes.toString()] : []));
}

test('messages come out whole and in order however the stream is split', () => {
  const parts = fc.array(
    fc.record({
      body: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constant('\r\n\r\nContent-Length: 9\r\n\r\n')),
      name: fc.constantFrom('Content-Length', 'l', 'CONTENT-LENGTH', 'L '),
      filler: fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
      keepAlives: fc.nat(3),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(parts, fc.array(fc.nat(), { maxLength: 40 }), (items, cuts) => {
      const whole = items.map((item) => message(item.body, item.name, item.filler));
      const stream = items.map((item, index) => '\r\n'.repeat(item.keepAlives) + whole[index]).join('');
      const framer = new StreamFramer();
      const framed = split(Buffer.from(stream), cuts).flatMap((chunk) => framer.feed(chunk));
      expect(messages(framed)).toEqual(whole);
      expect(framed.filter(({ kind }) => kind === 'line-end')).toHaveLength(
        items.reduce((sum, item) => sum + item.keepAlives, 0),
      );
    }),
  );
});

test('a message may come byte by byte, and the next begins right behind it', () => {
  const stream = Buffer.from(message('тело', 'Content-Length', 'x') + message('', 'l', 'y'));
  const framer = new StreamFramer();
  const framed = [...stream].flatMap((byte) => framer.feed(Buffer.from([byte])));
  expect(messages(framed)).toHaveLength(2);
});

test.each([
  ['no Content-Length', 'OPTIONS sip:a@b SIP/2.0\r\nTo: x\r\n\r\n', 'Content-Length is missing on a stream'],
  ['a length in words', 'OPTIONS sip:a@b SIP/2.0\r\nl: ten\r\n\r\n', 'Content-Length is not a number'],
  ['a negative length', 'OPTIONS sip:a@b SIP/2.0\r\nl: -1\r\n\r\n', 'Content-Length is not a number'],
  [
    'two lengths',
    'OPTIONS sip:a@b SIP/2.0\r\nl: 1\r\nContent-Length: 2\r\n\r\n',
    'Content-Length is repeated with another value',
  ],
  ['a huge length', `OPTIONS sip:a@b SIP/2.0\r\nl: ${maximumMessageSize}\r\n\r\n`, 'message is too large'],
  ['endless header fields', `OPTIONS sip:a@b SIP/2.0\r\n${'A: b\r\n'.repeat(20_000)}`, 'header fields are too long'],
])('%s breaks the stream, and nothing more comes out', (_name, stream, cause) => {
  const framer = new StreamFramer();
  expect(framer.feed(Buffer.from(stream)).at(-1)).toMatchObject({ kind: 'broken', cause });
  expect(framer.feed(Buffer.from(message('', 'l', '')))).toEqual([]);
});
