import { createSocket, type Socket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Logger } from '#core/foundation/index.ts';
import { answerMalformed } from '../messages/answer-malformed.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { serialiseMessage } from '../messages/sip-message.ts';
import { FakeMediaLeg } from '../testing/fake-media-leg.ts';
import { registeredPhone } from '../phone.test-support.ts';
import { ScriptedServer } from '../testing/scripted-server.ts';
import type { SipUserAgent } from '../user-agent.ts';

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.dat'));
const bytesOf = (name: string) => readFileSync(path.join(import.meta.dirname, name));

const warnings: string[] = [];
const logger: Logger = {
  debug() {},
  info() {},
  warn: (message, fields) => warnings.push(`${message} ${JSON.stringify(fields)}`),
  error: (message, fields) => warnings.push(`${message} ${String(fields?.error)}`),
  child: () => logger,
};
let server: ScriptedServer;
let phone: SipUserAgent;
let socket: Socket;
let target: { address: string; port: number };
let probes = 0;
let heard: string[] = [];

beforeAll(async () => {
  server = await ScriptedServer.start();
  phone = await registeredPhone(server, { user: 'user', domain: 'example.com' }, { logger });
  phone.onInvitation((invitation) => invitation.take(new FakeMediaLeg()).ring());
  target = server.requests[0]!.flow.remote;
  // Another port of the server's own address, so that the phone takes it for the server.
  socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.on('message', (bytes) => heard.push(bytes.toString()));
});

afterAll(async () => {
  server.letGo();
  await phone.stop();
  await server.close();
  socket.close();
});

/** Sends one datagram, and then a question that a living phone answers; gives what came for the first. */
async function statusesFor(bytes: Buffer): Promise<number[]> {
  heard = [];
  probes += 1;
  const mark = `probe-${probes}`;
  socket.send(bytes, target.port, target.address);
  const lines = [
    'OPTIONS sip:user@example.com SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK${mark};rport`,
    'From: <sip:a@b>;tag=1',
    'To: <sip:a@b>',
    `Call-ID: ${mark}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
  ];
  socket.send(`${lines.join('\r\n')}\r\n\r\n`, target.port, target.address);
  await expect
    .poll(() => heard.some((text) => text.includes(`Call-ID: ${mark}`)), { interval: 1, timeout: 2000 })
    .toBe(true);
  // Answers to what was sent before may still be repeated (timer G): those carry another Call-ID.
  const callId = /^(?:call-id|i)[ \t]*:[ \t]*(\S+)/im.exec(bytes.toString('latin1'))?.[1];
  const answers = heard.filter((text) => !text.includes(mark) && (callId === undefined || text.includes(callId)));
  return answers.map((text) => Number(text.split(' ')[1]));
}

// What RFC 4475 asks for, where an answer is due; [] for what must be dropped.
const expected: Record<string, number[]> = {
  'badaspec.dat': [400],
  'badbranch.dat': [200],
  'badvers.dat': [505],
  'bcast.dat': [],
  'bext01.dat': [420],
  'bigcode.dat': [],
  'clerr.dat': [400],
  'dblreq.dat': [405],
  'inv2543.dat': [404],
  'insuf.dat': [400],
  'intmeth.dat': [405],
  'invut.dat': [415],
  'lwsdisp.dat': [200],
  'lwsruri.dat': [400],
  'lwsstart.dat': [400],
  'mcl01.dat': [400],
  'mismatch01.dat': [400],
  'mismatch02.dat': [400],
  'multi01.dat': [400],
  'ncl.dat': [400],
  'noreason.dat': [],
  'novelsc.dat': [416],
  'quotbal.dat': [400],
  'regbadct.dat': [405],
  'scalar02.dat': [400],
  'scalarlg.dat': [],
  'sdp01.dat': [100, 180],
  'semiuri.dat': [200],
  'transports.dat': [200],
  'trws.dat': [400],
  'unkscm.dat': [416],
  'unreason.dat': [],
  'wsinv.dat': [404],
  'zeromf.dat': [200],
};

test.each(files)('%s is answered as RFC 4475 asks, and the phone lives on', async (name) => {
  // Several of the files share a branch, which one phone would take for one transaction.
  const own = bytesOf(name)
    .toString('latin1')
    .replace(/z9hG4bK(?=\w)/, `z9hG4bK${name.replace(/\W/, '')}`);
  const statuses = await statusesFor(Buffer.from(own, 'latin1'));
  if (expected[name]) expect(statuses).toEqual(expected[name]);
  else expect(statuses.every((status) => status >= 100 && status < 700)).toBe(true);
});

test('the same fault is logged once, whatever the number of messages', async () => {
  warnings.length = 0;
  for (let count = 0; count < 5; count += 1)
    await statusesFor(Buffer.from('OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: x\r\n\r\n'));
  expect(warnings.filter((line) => line.includes('malformed')).length).toBeLessThanOrEqual(1);
});

const mutation = fc.record({
  file: fc.constantFrom(...files),
  cuts: fc.array(
    fc.record({
      at: fc.nat(4000),
      remove: fc.nat(30),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc
          .constantFrom('\r\n', '"', '<', '>', ';', ',', ':', '\0', '%', '\\', '(', ' ', '\r\n ')
          .map((text) => Buffer.from(text)),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

function mutate({ file, cuts }: { file: string; cuts: { at: number; remove: number; insert: Uint8Array }[] }): Buffer {
  let bytes = bytesOf(file);
  for (const { at, remove, insert } of cuts) {
    const start = at % (bytes.length + 1);
    bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
  }
  return bytes;
}

test('mutated messages never throw in the parser', () => {
  fc.assert(
    fc.property(mutation, (input) => {
      const result = parseMessage(mutate(input));
      if (!result.ok) answerMalformed(result.malformed);
      // What is read once is read again the same, after it has been written.
      else
        expect(parseMessage(Buffer.from(serialiseMessage(result.message)))).toMatchObject({
          ok: true,
          message: { method: result.message.method },
        });
    }),
    { numRuns: 2000 },
  );
});

test('a running phone answers its server after any mutated message', async () => {
  await fc.assert(
    fc.asyncProperty(mutation, async (input) => {
      await statusesFor(mutate(input));
    }),
    { numRuns: 300 },
  );
}, 60_000);

test.each([
  ['spaces', ' '.repeat(15_000)],
  ['commas', ','.repeat(15_000)],
  ['quotes', '"a'.repeat(7000)],
  ['brackets', '<'.repeat(15_000)],
  ['semicolons', ';a'.repeat(7000)],
  ['backslashes', '\\'.repeat(15_000)],
])('a header field of 15,000 %s costs less than 100 ms', async (_name, filler) => {
  for (const name of [
    'From',
    'Via',
    'Contact',
    'Record-Route',
    'Reason',
    'Diversion',
    'Content-Type',
    'P-Asserted-Identity',
  ]) {
    const fields: Record<string, string> = {
      Via: 'SIP/2.0/UDP h;branch=z9hG4bKq;rport',
      From: '<sip:a@b>;tag=1',
      To: '<sip:user@example.com>',
      'Call-ID': `long-${name}`,
      CSeq: '1 INVITE',
      Contact: '<sip:a@127.0.0.1>',
    };
    fields[name] = `${fields[name] ?? ''}${filler}x`;
    const bytes = Buffer.from(
      `INVITE sip:user@example.com SIP/2.0\r\n${Object.entries(fields)
        .map(([key, value]) => `${key}: ${value}\r\n`)
        .join('')}Content-Length: 0\r\n\r\n`,
    );
    const [before, used] = [performance.now(), process.cpuUsage()];
    await statusesFor(bytes);
    // What it costs, on a machine that does other things too: the kernel counts in ticks, the clock in everything.
    const { user, system } = process.cpuUsage(used);
    expect(Math.min(performance.now() - before, (user + system) / 1000), name).toBeLessThan(100);
  }
});
