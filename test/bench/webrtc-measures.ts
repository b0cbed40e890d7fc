import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { TestAuthority } from '#test/support/certificates.ts';
import { NamespaceBrowser } from '#test/support/namespace-browser.ts';
import { bundlePrograms } from '#test/support/shell-process.ts';
import { pause, within } from '#test/support/until.ts';
import { percentile, type Measure, type Measured } from './measure.ts';
import { answerTo, header } from './sip-stub.ts';

const warmUps = 8;
const rounds = 40;
/** ms between two calls: a person dials no faster, and the window has its next connection ready by then. */
const breath = 800;

/** Registers everyone and refuses every INVITE, over WSS; tells when an INVITE arrived. */
class SecureWebSocketStub {
  port = 0;
  private readonly server: Server;
  private readonly sockets: WebSocketServer;
  private waiting: ((at: bigint) => void) | null = null;

  constructor(certificate: { certificate: string; key: string }) {
    this.server = createServer({ cert: readFileSync(certificate.certificate), key: readFileSync(certificate.key) });
    this.sockets = new WebSocketServer({ server: this.server, handleProtocols: () => 'sip' });
    this.sockets.on('connection', (socket) =>
      socket.on('message', (data) => {
        const at = process.hrtime.bigint();
        const text = String(data);
        if (text.startsWith('REGISTER ')) socket.send(answerTo(text, '200 OK', [`Contact: ${header(text, '(?:contact|m)')};expires=3600`, 'Expires: 3600']));
        if (text.startsWith('INVITE ')) {
          this.waiting?.(at);
          socket.send(answerTo(text, '404 Not Found'));
        }
        if (/^(BYE|CANCEL|OPTIONS) /.test(text)) socket.send(answerTo(text, '200 OK'));
      }),
    );
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  invitation(): Promise<bigint> {
    return within(10_000, 'INVITE over WSS', new Promise((resolve) => (this.waiting = resolve)));
  }

  async stop(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate();
    this.server.close();
    await once(this.server, 'close');
  }
}

async function dial(agent: AgentUnderTest, stub: SecureWebSocketStub): Promise<number> {
  const arrived = stub.invitation();
  const callId = await agent.place('1003');
  const began = await agent.lastBegan();
  const at = await arrived;
  await agent.client.when('the call ends', () => !agent.client.calls.some((call) => call.id === callId && !call.ending) || undefined);
  return Number(at - began) / 1e6;
}

async function run(): Promise<Measured> {
  await bundlePrograms();
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
  for (const name of ['agent', 'browser', 'certificates']) mkdirSync(path.join(directory, name));
  const authority = new TestAuthority(path.join(directory, 'certificates'));
  const stub = new SecureWebSocketStub(authority.issue('valid'));
  // A STUN server that takes every question and answers none.
  const stun = createSocket('udp4');
  await new Promise<void>((resolve) => stun.bind(0, '127.0.0.1', resolve));
  const staticDirectory = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
  const agent = new AgentUnderTest({
    directory: path.join(directory, 'agent'),
    audio: 'window',
    authority: authority.certificate,
    staticDirectory,
    logLevel: 'warn',
  });
  const browser = new NamespaceBrowser({ directory: path.join(directory, 'browser'), host: null, tone: 440 });
  try {
    await Promise.all([stub.start(), agent.start(), browser.start()]);
    const stunServer = `stun:127.0.0.1:${stun.address().port}`;
    await agent.registeredLine({ user: '1001', domain: '127.0.0.1', serverPort: stub.port, transport: 'wss', media: 'webrtc', stunServer }, 'x');
    const page = await browser.open(agent.address ?? '');
    await page.getByTestId('dial-box').waitFor();
    const taken: number[] = [];
    for (let round = 0; round < warmUps + rounds; round++) {
      await pause(breath);
      const one = await dial(agent, stub);
      if (round >= warmUps) taken.push(one);
    }
    return { value: percentile(taken, 0.95) };
  } finally {
    await Promise.allSettled([browser.stop(), agent.stop()]);
    await stub.stop();
    stun.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

export const measures: Measure[] = [
  {
    id: 'dial-invite-webrtc',
    stat: 'p95',
    unit: 'ms',
    goal: 60,
    title: 'dial command → INVITE on the wire, WebRTC account over WSS, window in Chromium',
    run,
  },
];
