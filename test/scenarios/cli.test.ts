import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ApiCall } from '#contract/local-api/index.ts';
import { SipStub } from '#test/bench/sip-stub.ts';
import { OffhookCommand } from '#test/support/offhook-command.ts';
import { bundlePrograms, ShellProcess } from '#test/support/shell-process.ts';
import { hasXDisplay, startXDisplay } from '#test/support/x-display.ts';
import { openStage, type Stage } from '#test/support/stage.ts';
import { until } from '#test/support/until.ts';

const hasProc = process.platform === 'linux';

/** A SIP stub, the bundled agent registered at it, and the command beside them. */
async function phone(stage: Stage) {
  const stub = new SipStub();
  await stage.enter(stub);
  const directory = stage.folder('shell');
  const account = { user: '1001', domain: 'office.invalid', serverHost: '127.0.0.1', serverPort: stub.port };
  const shell = new ShellProcess({ directory, demo: { account, password: 'x', echo: '600', menu: '700' } });
  await stage.enter(shell);
  await shell.registered();
  return { stub, command: new OffhookCommand(path.join(directory, 'data')) };
}

/** The call with this number, once one talks in it. */
async function connected(command: OffhookCommand, wanted: string): Promise<ApiCall> {
  return await until(`${wanted} is up`, async () => {
    const { calls } = JSON.parse((await command.run('calls', '--json')).out) as { calls: ApiCall[] };
    return calls.find(({ number, state }) => number === wanted && state === 'connected');
  });
}

test('a number dialled in a terminal is an INVITE on the wire', async () => {
  const { stub, command } = await phone(openStage());
  const invited = stub.next('INVITE', ({ start }) => start.startsWith('INVITE '));
  const outcome = await command.run('dial', '1003');
  expect(outcome).toEqual({ code: 0, out: 'Dialling 1003.\n', said: '' });
  expect((await invited).start).toMatch(/^INVITE sip:1003@/);
  const status = await command.run('status', '--json');
  expect(JSON.parse(status.out)).toMatchObject({ running: true, registered: true });
});

test('a call that is waited for ends with the reason of its failure, in the language of the reader', async () => {
  const { command } = await phone(openStage());
  const outcome = await command.run('dial', '1003', '--wait', '--lang', 'ru');
  expect(outcome.code).toBe(1);
  expect(outcome.said).toMatch(/[а-я]/);
});

test('text without a number fails, and what costs or comes from a page is asked for', async () => {
  const { command } = await phone(openStage());
  expect(await command.run('dial', 'hello')).toMatchObject({ code: 1, out: '' });
  expect(await command.run('dial', '8 809 505-12-34')).toMatchObject({
    code: 0,
    out: 'Offhook asks on the screen whether to dial.\n',
  });
  expect(await command.run('open', 'tel:+74951234567')).toMatchObject({
    code: 0,
    out: 'Offhook asks on the screen whether to dial.\n',
  });
  expect(await command.run('hangup')).toMatchObject({ code: 4, out: '' });
});

test('a listener hears of calls as lines of JSON, and ends silently with whoever reads them', async () => {
  const { command } = await phone(openStage());
  const listener = command.spawn('listen');
  let heard = '';
  listener.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text));
  const closed = new Promise<number | null>((resolve) => listener.once('close', resolve));
  await until('the snapshot comes', () => heard.includes('calls.snapshot'));
  await command.run('dial', '1003');
  await until('the end of the call comes', () => heard.includes('call.ended'));
  const events = heard
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event);
  expect(events[0]).toBe('calls.snapshot');
  listener.stdout.destroy();
  await command.run('dial', '1003');
  expect(await closed).toBe(0);
});

test('Ctrl-C ends a listener with 130', async () => {
  const { command } = await phone(openStage());
  const listener = command.spawn('listen');
  const closed = new Promise<number | null>((resolve) => listener.once('close', resolve));
  await new Promise((resolve) => listener.stdout.once('data', resolve));
  listener.kill('SIGINT');
  expect(await closed).toBe(130);
});

test.skipIf(!hasXDisplay)('a key bound to dial --selection has what is marked dialled', async () => {
  const stage = openStage();
  const { command } = await phone(stage);
  const display = await startXDisplay(stage.folder('display'));
  const environment = { ...process.env, ...display.environment };
  // It stays to give the text to whoever asks, until the display goes.
  const owner = spawn('xclip', ['-selection', 'primary', '-quiet'], {
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise((resolve) => owner.once('close', resolve));
  try {
    owner.stdin.end('Тел.: 8 495 123-45-67 доб. 12');
    const bound = new OffhookCommand(command.directory, display.environment);
    const outcome = await until('it is marked', async () => {
      const told = await bound.run('dial', '--selection');
      return told.code === 4 ? null : told;
    });
    expect(outcome).toEqual({ code: 0, out: 'Offhook asks on the screen whether to dial.\n', said: '' });
  } finally {
    owner.kill();
    await gone;
    await display.stop();
  }
});

test.skipIf(!hasProc)('starts Offhook where it is not running, and dials once it is registered', async () => {
  await bundlePrograms();
  const stage = openStage();
  const directory = path.join(stage.folder('started'), 'data');
  const command = new OffhookCommand(directory);
  expect(await command.run('status', '--no-start')).toMatchObject({ code: 3, said: 'Offhook is not running.\n' });
  expect(await command.run('hangup')).toMatchObject({ code: 3 });
  try {
    // The echo of the built-in exchange.
    const dialled = await command.run('dial', '600');
    expect(dialled).toMatchObject({ code: 0, out: 'Dialling 600.\n' });
    const up = await connected(command, '600');
    expect(await command.run('digits', '12#')).toMatchObject({ code: 0, said: '' });
    expect(await command.run('hold')).toMatchObject({ code: 0, out: 'On hold: 600.\n' });
    expect(await command.run('hold')).toMatchObject({ code: 4, out: '' });
    expect(await command.run('unhold', up.id.slice(0, 8))).toMatchObject({ code: 0 });
    // The menu of the exchange beside it.
    await command.run('dial', '700');
    const second = await connected(command, '700');
    expect(await command.run('swap')).toMatchObject({ code: 0, out: 'Swapped.\n' });
    await connected(command, '600');
    // The exchange gives its own services to nobody.
    expect(await command.run('transfer', second.id, '600')).toMatchObject({
      code: 1,
      said: expect.stringContaining('declined'),
    });
    expect(await command.run('hangup', '--all')).toMatchObject({ code: 0, out: 'Calls hung up: 2.\n' });
  } finally {
    await command.endStarted();
  }
});

test.skipIf(!hasProc)('a link that is clicked while Offhook is not running starts it, and is asked about', async () => {
  await bundlePrograms();
  const command = new OffhookCommand(path.join(openStage().folder('started'), 'data'));
  try {
    const opened = await command.run('open', 'tel:+7-495-123-45-67;ext=12');
    expect(opened).toMatchObject({ code: 0, out: 'Offhook asks on the screen whether to dial.\n' });
  } finally {
    await command.endStarted();
  }
});
