import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { ManagedProcess } from '#test/support/managed-process.ts';
import { until } from '#test/support/until.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const onLinux = process.platform === 'linux';

let directory: string;
const running: ManagedProcess[] = [];

test.beforeEach(() => void (directory = mkdtempSync(path.join(tmpdir(), 'offhook-start-'))));
test.afterEach(async () => {
  for (const program of running.splice(0)) {
    if (program.running) program.child.kill('SIGTERM');
    await program.exited;
  }
  rmSync(directory, { recursive: true, force: true });
});

/** `npm start` on a machine without a screen, with a data directory of its own. */
function start(environment: Record<string, string> = {}): ManagedProcess {
  const program = new ManagedProcess({
    name: 'offhook',
    command: process.execPath,
    args: [path.join(root, 'build/start.ts')],
    directory: root,
    logFile: path.join(directory, `start-${running.length}.log`),
    environment: {
      OFFHOOK_DATA: path.join(directory, 'data'),
      OFFHOOK_API_PORT: '0',
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      LC_ALL: 'en_US.UTF-8',
      NODE_NO_WARNINGS: '1',
      ...environment,
    },
  });
  running.push(program);
  return program;
}

/** Bundling may come first. */
async function says(program: ManagedProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return pattern.exec(await program.line(pattern, 45_000))!;
}

const address = /(http:\/\/127\.0\.0\.1:(\d+)\/)#ticket=(\S+)/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Processes that the starter started, by the kernel's own list. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

async function redeem(found: RegExpExecArray): Promise<number> {
  const [, page = '', , ticket = ''] = found;
  const origin = page.replace(/\/$/, '');
  const response = await fetch(`${page}session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ ticket }),
  });
  return response.status;
}

test('a first start makes a test call, and the second none', async () => {
  const first = start();
  const [, answered, heard] = await says(first, /Test call: answered after (\d+) ms, the tone heard after (\d+) ms/);
  expect(Number(answered)).toBeLessThan(5000);
  expect(Number(heard)).toBeLessThan(5000);
  first.child.kill('SIGINT');
  expect(await first.exited).toBe(0);
  const second = start();
  await says(second, /The line is registered/);
  await says(second, address);
  expect(second.lines.join('\n')).not.toContain('Test call');
});

test('a start goes on without an exchange whose folder cannot be made, and with a start.json that holds nonsense', async () => {
  const data = path.join(directory, 'data');
  mkdirSync(data);
  writeFileSync(path.join(data, 'exchange'), 'a file where the folder should be');
  writeFileSync(path.join(data, 'start.json'), 'null');
  const program = start();
  expect(await redeem(await says(program, address))).toBe(204);
  expect(program.lines.filter((line) => line.includes('The built-in exchange was not started, the rest works'))).toHaveLength(1);
  expect(program.running).toBe(true);
});

test('a second start attaches to the one that runs, and gets an address of its own', async () => {
  const first = start();
  const found = await says(first, address);
  const second = start();
  const again = await says(second, address);
  expect(await second.exited).toBe(0);
  expect(first.running).toBe(true);
  expect(again[2]).toBe(found[2]);
  expect(again[3]).not.toBe(found[3]);
  expect(await redeem(again)).toBe(204);
  expect(await redeem(again)).toBe(401);
  expect(await redeem(found)).toBe(204);
});

test('two starts at the same moment make one Offhook', async () => {
  const both = [start(), start()];
  await Promise.all(both.map((program) => says(program, address)));
  await until('one of them has ended', () => both.filter((program) => program.running).length === 1);
  const [left] = both.filter((program) => program.running);
  expect(left?.lines.join('\n')).toContain('Offhook 0.1.0 started');
});

for (const [what, signal] of [
  ['Ctrl-C', 'SIGINT'],
  ['a polite end', 'SIGTERM'],
  ['the sudden death of the starter', 'SIGKILL'],
] as const) {
  test(`${what} leaves no process behind`, async () => {
    test.skip(!onLinux, 'reads /proc');
    const program = start();
    await says(program, address);
    const pids = childrenOf(program.pid);
    expect(pids).toHaveLength(2);
    program.child.kill(signal);
    await program.exited;
    await until('its processes are gone', () => !pids.some(isAlive), { timeout: 5000 });
  });
}

test('an agent that dies is started again, at the same address', async () => {
  test.skip(!onLinux, 'reads /proc');
  const program = start();
  const found = await says(program, address);
  const agent = childrenOf(program.pid).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('web.js'));
  process.kill(agent!, 'SIGKILL');
  await says(program, /starting it again/);
  await until('the page is served again', async () => (await fetch(found[1]!).catch(() => null))?.ok, { timeout: 20_000 });
  expect(program.running).toBe(true);
});

for (const variable of ['OFFHOOK_PORT', 'OFFHOOK_PBX_SIP_PORT']) {
  test(`a taken ${variable} is one clear sentence`, async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = String((server.address() as { port: number }).port);
    const program = start({ [variable]: port });
    expect(await program.exited).toBe(1);
    const told = program.lines.filter((line) => line.includes(port));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`port ${port} of ${variable} is taken`, 'i'));
    server.close();
  });
}
