import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { directoryConfig, type DirectoryConfig, type DirectoryStatus } from '#contract/ipc/index.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { freePort } from '#test/support/free-port.ts';
import { fillDirectory, inventEntries } from '#test/support/many-people.ts';
import { NamespaceBrowser } from '#test/support/namespace-browser.ts';
import { bundlePrograms } from '#test/support/shell-process.ts';
import { pause, until } from '#test/support/until.ts';
import { percentile, type Measure, type Measured } from './measure.ts';
import { writeCustomerSheet } from './customer-sheet.ts';
import { answerTo, header, SipStub } from './sip-stub.ts';

const warmUps = 8;
const rounds = 60;
const people = 100_000;
/** ms between two calls. */
const breath = 150;

/** Takes every connection and answers nothing. */
class SilentServer {
  private readonly server: Server = createServer((socket) => {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
  });
  private readonly sockets = new Set<Socket>();

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** An address book that accepts and never answers, one that is down, and a sheet of 100,000 rows, read over and over. */
async function troubleDirectories(
  agent: AgentUnderTest,
  ldapPort: number,
  folder: string,
): Promise<{ stop: () => Promise<void>; imports: () => number }> {
  const attributes = {
    ...{
      id: 'entryUUID',
      name: ['cn'],
      givenName: [],
      familyName: [],
      firm: [],
      role: [],
      department: [],
      email: [],
      note: [],
      photo: [],
    },
    ...{ numbers: [{ attribute: 'telephoneNumber', label: 'work' }], shown: [] },
  };
  const ldap = {
    preset: 'custom',
    host: '127.0.0.1',
    port: ldapPort,
    security: 'none',
    base: 'dc=x',
    filter: '(cn=*)',
    attributes,
  };
  const configs: [string, DirectoryConfig][] = [
    ['LDAP', directoryConfig.parse({ kind: 'ldap', ...ldap })],
    ['CardDAV', directoryConfig.parse({ kind: 'carddav', url: `http://127.0.0.1:${await freePort()}/`, user: 'x' })],
  ];
  for (const [label, config] of configs) {
    await agent.client.call('directories.add', { label, config, secret: null, everyMinutes: 1 });
  }
  // Two sheets take turns under one name, so that every reading has everything to write.
  const sheets = ['a.xlsx', 'b.xlsx'].map((name) => path.join(folder, name));
  await Promise.all(sheets.map((file, index) => writeCustomerSheet(file, people, index * people)));
  const file = path.join(folder, 'customers.xlsx');
  copyFileSync(sheets[0]!, file);
  const config = directoryConfig.parse({ kind: 'sheet', path: file });
  const { id } = await agent.client.call('directories.add', { label: 'Excel', config, secret: null, everyMinutes: 0 });
  let [running, imports] = [true, 0];
  const state = async () =>
    (await agent.client.call('directories.list', {})).find((one: DirectoryStatus) => one.id === id)?.state;
  const over = (async () => {
    while (running) {
      // The file is watched: a change begins the next reading by itself.
      copyFileSync(sheets[(imports += 1) % 2]!, file);
      await until('the changed sheet is read', async () => !running || (await state()) !== 'idle');
      await until('the sheet has been read', async () => !running || (await state()) === 'idle', {
        timeout: 120_000,
        every: 200,
      });
    }
    await agent.client.call('directories.cancel', { id });
  })();
  return {
    imports: () => imports,
    async stop() {
      running = false;
      await over;
    },
  };
}

function invitation(stub: SipStub, target: string, caller: string): string {
  const sdp =
    'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n';
  const id = randomBytes(6).toString('hex');
  return [
    `INVITE ${target} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${stub.port};branch=z9hG4bK${id};rport`,
    'Max-Forwards: 70',
    `From: <sip:${caller}@127.0.0.1:${stub.port}>;tag=${id}`,
    `To: <${target}>`,
    `Call-ID: ${id}@bench`,
    'CSeq: 1 INVITE',
    `Contact: <sip:${caller}@127.0.0.1:${stub.port}>`,
    'Content-Type: application/sdp',
    `Content-Length: ${sdp.length}`,
    '',
    sdp,
  ].join('\r\n');
}

/** Resolves in the page with the time (Unix ms) after the frame in which the name stands on the card. */
function painted(page: Page, name: string): Promise<number> {
  return page.evaluate(
    (expected) =>
      new Promise<number>((resolve) => {
        const shown = () => document.querySelector('[data-testid="incoming-who"]')?.textContent?.trim() === expected;
        const look = () => {
          if (!shown()) return;
          watching.disconnect();
          // The callback runs before the frame is painted; a message is handled after it.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
            port2.postMessage(null);
          });
        };
        const watching = new MutationObserver(look);
        watching.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
    name,
  );
}

async function ring(stub: SipStub, page: Page, caller: { number: string; name: string }): Promise<number> {
  const phone = stub.phones.get('1001');
  if (!phone) throw new Error('the agent is not registered');
  const target = `sip:1001@127.0.0.1:${phone.port}`;
  const request = invitation(stub, target, caller.number);
  const callId = header(request, 'call-id');
  const shown = painted(page, caller.name);
  // The page is asked before the call comes.
  await page.evaluate(() => undefined);
  const began = performance.timeOrigin + performance.now();
  stub.send(request, phone);
  const at = await shown;
  const over = stub.next('487', ({ start, text }) => start.startsWith('SIP/2.0 487') && text.includes(callId));
  stub.send(
    answerTo(request, '')
      .replace(/^SIP\/2\.0 [^\r]*/, `CANCEL ${target} SIP/2.0`)
      .replace(/;tag=stub/, '')
      .replace(/^CSeq: [^\r]*/m, 'CSeq: 1 CANCEL'),
    phone,
  );
  const { text } = await over;
  stub.send(
    answerTo(request, '')
      .replace(/^SIP\/2\.0 [^\r]*/, `ACK ${target} SIP/2.0`)
      .replace(/^To: [^\r]*/m, `To: ${header(text, 'to')}`)
      .replace(/^CSeq: [^\r]*/m, 'CSeq: 1 ACK'),
    phone,
  );
  await page.locator('[data-testid="incoming-call"]').waitFor({ state: 'detached' });
  return at - began;
}

/** People with a name and a whole number, far from each other in the list. */
function callers(): { number: string; name: string }[] {
  const found: { number: string; name: string }[] = [];
  let index = 0;
  for (const { name, numbers, directoryId } of inventEntries(people)) {
    index += 1;
    const [number] = numbers;
    if (index % 1000 === 0 && name !== '' && directoryId !== 'company' && number?.extension === null)
      found.push({ number: number.number, name });
  }
  return found;
}

async function run(): Promise<Measured> {
  await bundlePrograms();
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
  for (const name of ['agent', 'browser', 'sheets']) mkdirSync(path.join(directory, name));
  const agent = new AgentUnderTest({
    directory: path.join(directory, 'agent'),
    audio: 'window',
    staticDirectory: fileURLToPath(new URL('../../dist/renderer', import.meta.url)),
    logLevel: 'warn',
  });
  mkdirSync(path.dirname(agent.database), { recursive: true, mode: 0o700 });
  fillDirectory(agent.database, people);
  const [stub, silent] = [new SipStub(), new SilentServer()];
  const browser = new NamespaceBrowser({ directory: path.join(directory, 'browser'), host: null, tone: 440 });
  try {
    const [ldapPort] = await Promise.all([silent.start(), stub.start(), agent.start(), browser.start()]);
    await agent.registeredLine(
      { user: '1001', domain: 'office.invalid', serverHost: '127.0.0.1', serverPort: stub.port },
      'x',
    );
    const page = await browser.open(agent.address ?? '');
    await page.getByTestId('dial-box').waitFor();
    const known = async () => (await agent.client.call('people.list', { offset: 0, limit: 1 })).total;
    await until('everybody is known', async () => (await known()) >= people * 0.9, { timeout: 60_000 });
    const trouble = await troubleDirectories(agent, ldapPort, path.join(directory, 'sheets'));
    const all = callers();
    const taken: number[] = [];
    for (let round = 0; round < warmUps + rounds; round += 1) {
      await pause(breath);
      const one = await ring(stub, page, all[round % all.length]!);
      if (round >= warmUps) taken.push(one);
    }
    await trouble.stop();
    console.error(
      `ring-card: ${trouble.imports()} imports of ${people} rows ran meanwhile; median ${percentile(taken, 0.5).toFixed(1)} ms, slowest ${Math.max(...taken).toFixed(1)} ms`,
    );
    return { value: percentile(taken, 0.95) };
  } finally {
    await Promise.allSettled([browser.stop(), agent.stop()]);
    await stub.stop();
    await silent.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

export const measures: Measure[] = [
  {
    id: 'ring-card',
    stat: 'p95',
    unit: 'ms',
    goal: 100,
    title:
      'INVITE received → card with the name painted, among 100,000 people; LDAP silent, CardDAV down, an Excel import running',
    run,
  },
];
