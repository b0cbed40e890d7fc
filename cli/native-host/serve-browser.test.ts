import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { LocalApiStandIn } from '#test/support/local-api-stand-in.ts';
import { LocalApiClient } from '../agent/local-api-client.ts';
import { CommandFailure } from '../command-failure.ts';
import { english } from '../words/english.ts';
import { russian } from '../words/russian.ts';
import type { BrowserDesk } from './answer-browser.ts';
import { frameOf, longestFrame, readFrames } from './frames.ts';
import { serveBrowser } from './serve-browser.ts';

let api: LocalApiStandIn;
beforeEach(async () => {
  api = new LocalApiStandIn();
  await api.start();
});
afterEach(() => api.stop());

const desk = (): BrowserDesk => ({
  connect: async () => new LocalApiClient(api),
  words: { ru: russian, en: english },
  sentences: (language) => ({ of: ({ code }) => `${language} ${code}` }),
});

async function* pieces(...given: Buffer[]) {
  yield* given;
}

async function served(input: AsyncIterable<Buffer>, from = desk()): Promise<unknown[]> {
  const answers: Buffer[] = [];
  await serveBrowser({ input, write: async (frame) => void answers.push(frame) }, from);
  const texts: unknown[] = [];
  for await (const text of readFrames(pieces(...answers))) texts.push(JSON.parse(text));
  return texts;
}

const raw = (text: string) => {
  const frame = Buffer.alloc(4 + Buffer.byteLength(text));
  frame.writeUInt32LE(Buffer.byteLength(text));
  frame.write(text, 4);
  return frame;
};
const bad = { id: 0, result: null, error: { code: 'bad-request' } };

describe('a request of the extension', () => {
  it('to dial becomes a wish of the browser, which the user is asked about', async () => {
    api.answers = { 'dial.open': () => ({ callId: null, requestId: 'r' }) };
    const request = { id: 4, command: 'dial', number: '+7 495 123-45-67' };
    expect(await served(pieces(frameOf(request)))).toEqual([{ id: 4, result: { outcome: 'asked' }, error: null }]);
    expect(api.heard[0]?.given).toEqual({ source: 'browser', text: '+7 495 123-45-67', origin: null });
  });

  it('about the phone or a number tells no more than is shown', async () => {
    const person = { id: 'p', name: 'Иван Петров', firm: 'ООО «Ромашка»', role: 'директор', numbers: [] };
    api.answers = {
      'status.get': () => ({ version: '9', registered: true, calls: 3 }),
      'people.lookUp': () => ({ matches: [{ confidence: 'certain', person }] }),
    };
    const asked = [
      { id: 1, command: 'status' },
      { id: 2, command: 'lookup', number: '12' },
    ];
    expect(await served(pieces(...asked.map(frameOf)))).toEqual([
      { id: 1, result: { version: '9', registered: true }, error: null },
      { id: 2, result: { name: 'Иван Петров', firm: 'ООО «Ромашка»' }, error: null },
    ]);
  });

  it('fails with a sentence in the language of the browser', async () => {
    api.answers = {
      'dial.open': () => {
        throw new OffhookError('dial.refused-premium');
      },
    };
    const request = { id: 1, command: 'dial', number: '1', language: 'ru' };
    const error = { code: 'dial.refused-premium', sentence: 'ru dial.refused-premium' };
    expect(await served(pieces(frameOf(request)))).toEqual([{ id: 1, result: null, error }]);
  });

  it('is told when Offhook is not running, and does not start it', async () => {
    const connect = () => Promise.reject(new CommandFailure(english.notRunning, 3));
    const answers = await served(pieces(frameOf({ id: 1, command: 'status' })), { ...desk(), connect });
    expect(answers).toEqual([{ id: 1, result: null, error: { code: 'not-running', sentence: english.notRunning } }]);
  });
});

describe('hostile input', () => {
  it('is answered as no request, and the next message as ever', async () => {
    api.answers = { 'status.get': () => ({ version: '9', registered: false, calls: 0 }) };
    const hostile = [
      '',
      'not json',
      'null',
      '[]',
      '{"id":1,"command":"hangup"}',
      '{"id":1,"command":"dial"}',
      '{"id":1,"command":"dial","number":"1","source":"command-line"}',
      JSON.stringify({ id: 1, command: 'dial', number: '1'.repeat(300) }),
      '{"id":-1,"command":"status"}',
      '{"__proto__":{"command":"status"},"id":1}',
    ].map(raw);
    const answers = await served(pieces(...hostile, raw('{"id":7,"command":"status"}')));
    expect(answers.slice(0, -1)).toMatchObject(hostile.map(() => bad));
    expect(answers.at(-1)).toMatchObject({ id: 7, error: null });
    expect(api.heard.map(({ name }) => name)).toEqual(['status.get']);
  });

  it('of a length beyond all bounds ends the connection with an answer', async () => {
    const huge = Buffer.alloc(8);
    huge.writeUInt32LE(longestFrame + 1);
    expect(await served(pieces(huge, raw('{"id":1,"command":"status"}')))).toMatchObject([bad]);
  });

  it('that does not end is given up after a while', async () => {
    expect(await served(pieces(...Array.from({ length: 100 }, () => raw('x'))))).toHaveLength(20);
  });

  it('of any bytes, cut anywhere, never breaks the host', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }), async (given) => {
        for (const answer of await served(pieces(...given.map((bytes) => Buffer.from(bytes)))))
          expect(answer).toMatchObject(bad);
      }),
      { numRuns: 100 },
    );
  });

  it('is put together again however the pipe cuts it', async () => {
    api.answers = { 'status.get': () => ({ version: '9', registered: false, calls: 0 }) };
    const bytes = [...frameOf({ id: 3, command: 'status' }), ...frameOf({ id: 4, command: 'status' })];
    const answers = await served(pieces(...bytes.map((byte) => Buffer.from([byte]))));
    expect(answers).toMatchObject([{ id: 3 }, { id: 4 }]);
  });
});
