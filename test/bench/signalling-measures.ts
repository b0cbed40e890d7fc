import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { percentile, type Measure, type Measured } from './measure.ts';
import { answerTo, header, SipStub } from './sip-stub.ts';

const warmUps = 40;
const rounds = 100;
const milliseconds = (from: bigint, to: bigint) => Number(to - from) / 1e6;

interface Bench {
  stub: SipStub;
  agent: AgentUnderTest;
  lineId: string;
  baresip: BaresipPeer;
}

/**
 * Name servers that take every question and answer none. Only root can put them before the system's own (in a mount
 * namespace); for others the DNS server is alive, and that is said.
 */
async function deadNameServer(directory: string): Promise<{ launcher: string[]; close: () => void }> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error('not root: measured with a living DNS server');
    return { launcher: [], close: () => {} };
  }
  const address = '127.0.0.153';
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => socket.once('error', reject).bind(53, address, resolve));
  const file = path.join(directory, 'resolv.conf');
  writeFileSync(file, `nameserver ${address}\n`);
  const script = `mount --bind ${file} /etc/resolv.conf && exec "$0" "$@"`;
  return { launcher: ['unshare', '--mount', 'sh', '-c', script], close: () => socket.close() };
}

/** The agent and baresip side by side, each on the same stub; a dead DNS server and a dead STUN server for the agent. */
async function bench(run: (bench: Bench) => Promise<Measured>): Promise<Measured> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
  const stub = new SipStub();
  const stun = createSocket('udp4');
  await stub.start();
  await new Promise<void>((resolve) => stun.bind(0, '127.0.0.1', resolve));
  const dns = await deadNameServer(directory);
  for (const name of ['agent', 'baresip']) mkdirSync(path.join(directory, name));
  const agent = new AgentUnderTest({ directory: path.join(directory, 'agent'), audio: 'window', logLevel: 'warn', launcher: dns.launcher });
  const baresip = new BaresipPeer({ directory: path.join(directory, 'baresip'), address: `sip:1002@127.0.0.1:${stub.port};transport=udp` });
  try {
    await agent.start();
    await baresip.start();
    // A window is there and says nothing: an RTP account's path may not wait for it.
    await agent.client.call('audio.claim', {});
    const account = {
      user: '1001',
      domain: 'office.invalid',
      serverHost: '127.0.0.1',
      serverPort: stub.port,
      stunServer: `stun:127.0.0.1:${stun.address().port}`,
    };
    const lineId = await agent.registeredLine(account, 'x');
    return await run({ stub, agent, lineId, baresip });
  } finally {
    await Promise.allSettled([agent.stop(), baresip.stop()]);
    await stub.stop();
    stun.close();
    dns.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function agentDials({ stub, agent }: Bench): Promise<number> {
  const arrived = stub.next('INVITE of the agent', ({ start }) => start.startsWith('INVITE '));
  const callId = await agent.place('1003');
  const began = await agent.lastBegan();
  const { at } = await arrived;
  await agent.client.when('the call ends', () => !agent.client.calls.some((call) => call.id === callId && !call.ending) || undefined);
  return milliseconds(began, at);
}

async function baresipDials({ stub, baresip }: Bench): Promise<number> {
  const since = baresip.events.length;
  const arrived = stub.next('INVITE of baresip', ({ start }) => start.startsWith('INVITE '));
  const began = process.hrtime.bigint();
  await baresip.dial(`sip:1003@127.0.0.1:${stub.port}`);
  const { at } = await arrived;
  await baresip.event('CALL_CLOSED', { since });
  return milliseconds(began, at);
}

export function invitation(stub: SipStub, target: string): string {
  const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n`;
  const id = randomBytes(6).toString('hex');
  return [
    `INVITE ${target} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${stub.port};branch=z9hG4bK${id};rport`,
    'Max-Forwards: 70',
    `From: <sip:1003@127.0.0.1:${stub.port}>;tag=${id}`,
    `To: <${target}>`,
    `Call-ID: ${id}@bench`,
    'CSeq: 1 INVITE',
    `Contact: <sip:1003@127.0.0.1:${stub.port}>`,
    'Content-Type: application/sdp',
    `Content-Length: ${sdp.length}`,
    '',
    sdp,
  ].join('\r\n');
}

/** An INVITE to a phone, which `answer` makes it answer; ends the call after. @returns ms from the command to the 200 */
async function answered(stub: SipStub, target: string, to: { address: string; port: number }, answer: () => Promise<bigint>): Promise<number> {
  const request = invitation(stub, target);
  const callId = header(request, 'call-id');
  const belongs = (text: string) => text.includes(callId);
  const ringing = stub.next('180', ({ start, text }) => start.startsWith('SIP/2.0 180') && belongs(text));
  const accepted = stub.next('200', ({ start, text }) => start.startsWith('SIP/2.0 200') && belongs(text), 10_000);
  stub.send(request, to);
  await ringing;
  const began = await answer();
  const { at, text } = await accepted;
  const within = (method: string, number: number) =>
    answerTo(request, '').replace(/^SIP\/2\.0 [^\r]*/, `${method} ${target} SIP/2.0`)
      .replace(/^Via: [^\r]*/m, `Via: SIP/2.0/UDP 127.0.0.1:${stub.port};branch=z9hG4bK${randomBytes(6).toString('hex')};rport`)
      .replace(/^To: [^\r]*/m, `To: ${header(text, 'to')}`)
      .replace(/^CSeq: [^\r]*/m, `CSeq: ${number} ${method}`);
  stub.send(within('ACK', 1), to);
  const over = stub.next('200 of BYE', (arrival) => arrival.start.startsWith('SIP/2.0 200') && belongs(arrival.text) && arrival.text.includes('BYE'));
  stub.send(within('BYE', 2), to);
  await over;
  return milliseconds(began, at);
}

async function agentAnswers({ stub, agent }: Bench): Promise<number> {
  const phone = stub.phones.get('1001');
  if (!phone) throw new Error('the agent is not registered');
  const known = agent.client.calls.map((call) => call.id);
  return answered(stub, `sip:1001@127.0.0.1:${phone.port}`, phone, async () => {
    const { id: callId } = await agent.incoming(known);
    await agent.client.call('calls.answer', { callId });
    return agent.lastBegan();
  });
}

async function baresipAnswers({ stub, baresip }: Bench): Promise<number> {
  const to = { address: '127.0.0.1', port: baresip.sipPort };
  return answered(stub, `sip:1002@127.0.0.1:${baresip.sipPort}`, to, async () => {
    const began = process.hrtime.bigint();
    await baresip.accept();
    return began;
  });
}

/** In turns, so that both meet the same moods of the machine. */
async function sideBySide(both: Bench, ours: (bench: Bench) => Promise<number>, theirs: (bench: Bench) => Promise<number>): Promise<Measured> {
  const own: number[] = [];
  const other: number[] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const [a, b] = [await ours(both), await theirs(both)];
    if (round < warmUps) continue;
    own.push(a);
    other.push(b);
  }
  return { value: percentile(own, 0.95), against: { name: 'baresip', value: percentile(other, 0.95) } };
}

export const measures: Measure[] = [
  {
    id: 'dial-invite',
    stat: 'p95',
    unit: 'ms',
    goal: 5,
    title: 'dial command → INVITE on the wire, RTP account',
    run: () => bench((both) => sideBySide(both, agentDials, baresipDials)),
  },
  {
    id: 'answer-200',
    stat: 'p95',
    unit: 'ms',
    goal: 15,
    title: 'answer command → 200 OK on the wire',
    run: () => bench((both) => sideBySide(both, agentAnswers, baresipAnswers)),
  },
];
