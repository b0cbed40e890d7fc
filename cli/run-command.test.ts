import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { ApiLine } from '#contract/local-api/index.ts';
import { apiCallOf, LocalApiStandIn } from '#test/support/local-api-stand-in.ts';
import { CommandUnderTest } from './commands/command.test-support.ts';
import { english } from './words/english.ts';
import { russian } from './words/russian.ts';

let api: LocalApiStandIn;
let command: CommandUnderTest;

beforeEach(async () => {
  api = new LocalApiStandIn();
  await api.start();
  command = new CommandUnderTest(api);
});
afterEach(() => api.stop());

const line = (given: Partial<ApiLine> = {}): ApiLine => ({
  id: 'line-1',
  label: 'Офис',
  address: '1001@pbx.example',
  isDefault: true,
  registration: 'registered',
  features: [],
  ...given,
});
const refuse = (code: ConstructorParameters<typeof OffhookError>[0]) => () => {
  throw new OffhookError(code);
};

describe('the words of a command line', () => {
  it('are helped with on standard output, in the language asked for', async () => {
    expect((await command.run('--help')).out[0]).toContain('offhook <command>');
    const russianHelp = await command.run('dial', '-h', '--lang=ru');
    expect(russianHelp).toMatchObject({ code: 0, said: [] });
    expect(russianHelp.out[0]).toContain(russian.options.wait);
    expect((await command.run('help', 'dial', '--lang', 'ru')).out).toEqual(russianHelp.out);
    expect((await command.run('help')).out[0]).toContain('offhook <command>');
    expect(await command.run('--version')).toMatchObject({ code: 0, out: ['1.2.3'] });
  });

  it('are complained about on standard error, with exit code 2', async () => {
    const cases: [string[], string][] = [
      [['dail', '12'], english.unknownCommand('dail')],
      [['dial', '-5'], english.unknownOption('-5')],
      [['dial', '--line'], english.optionNeedsValue('--line')],
      [['dial'], english.missing('number')],
      [['dial', '--wait=yes', '5'], english.optionTakesNoValue('--wait')],
      [['dial', '5', '--selection'], english.notForTogether('<number>', '--selection')],
      [['hold', 'a', 'b'], english.tooMany('b')],
      [['digits', 'hello'], english.digitsInvalid],
      [['open'], english.missing('link')],
      [['calls', '--lang', 'de'], english.unknownLanguage('de')],
      [['dial', '--lang', 'ru'], russian.missing(russian.number)],
    ];
    for (const [words, sentence] of cases) {
      const { code, out, said } = await command.run(...words);
      expect({ code, out, said: said.join(' ') }).toEqual({
        code: 2,
        out: [],
        said: expect.stringContaining(sentence),
      });
    }
    expect(await command.run()).toMatchObject({ code: 2, out: [] });
    expect(api.heard).toEqual([]);
  });
});

describe('dial', () => {
  it('joins the words of a number, also of one behind --', async () => {
    api.answers = { 'dial.open': () => ({ callId: 'c', requestId: null }) };
    expect(await command.run('dial', '8', '(495)', '123-45-67')).toMatchObject({ code: 0, said: [] });
    await command.run('dial', '--', '-7', '495');
    expect(api.heard.map(({ given }) => given)).toMatchObject([
      { source: 'command-line', text: '8 (495) 123-45-67' },
      { source: 'command-line', text: '-7 495' },
    ]);
    expect(command.policies).toEqual(['window', 'window']);
  });

  it('says when the user is asked first, and tells programs so as JSON', async () => {
    api.answers = { 'dial.open': () => ({ callId: null, requestId: 'r' }) };
    expect((await command.run('dial', '12')).out).toEqual([english.asked('command-line')]);
    expect((await command.run('dial', '12', '--json')).out).toEqual(['{"callId":null,"requestId":"r"}']);
  });

  it('ends with 5 where a rule refuses, with 4 where there is no number, with 1 where the call fails', async () => {
    api.answers = { 'dial.open': refuse('dial.refused-premium') };
    expect(await command.run('dial', '1')).toEqual({ code: 5, out: [], said: ['sentence of dial.refused-premium'] });
    api.answers = { 'dial.open': refuse('dial.no-number') };
    expect(await command.run('dial', 'hello')).toMatchObject({ code: 4 });
    api.answers = { 'dial.open': refuse('line.not-registered') };
    expect(await command.run('dial', '1')).toMatchObject({ code: 1 });
  });

  it('dials on the line that is named by id, name or address', async () => {
    api.answers = {
      'lines.list': () => ({ lines: [line(), line({ id: 'line-2', label: 'Дом', address: '2@x' })] }),
      'calls.place': () => ({ callId: 'c', requestId: null }),
    };
    for (const name of ['line-2', 'дом', '2@X']) await command.run('dial', '12', '--line', name);
    const placed = api.heard.filter(({ name }) => name === 'calls.place');
    expect(placed.map(({ given }) => given)).toEqual(Array(3).fill({ text: '12', lineId: 'line-2' }));
    expect(await command.run('dial', '12', '--line', 'Дача')).toMatchObject({
      code: 1,
      said: [english.noSuchLine('Дача', ['Офис', 'Дом'])],
    });
  });

  it('dials what is selected, and says when nothing is', async () => {
    api.answers = { 'dial.open': () => ({ callId: null, requestId: 'r' }) };
    expect(await command.run('dial', '--selection')).toMatchObject({ code: 4, said: [english.noSelection] });
    command.selected = null;
    expect(await command.run('dial', '--selection')).toMatchObject({ code: 1, said: [english.selectionNotHere] });
    command.selected = 'Звоните: 123-45-67';
    expect((await command.run('dial', '--selection')).code).toBe(0);
    expect(api.heard[0]?.given).toMatchObject({ source: 'selection', text: 'Звоните: 123-45-67' });
    expect(command.released).toBe(1);
  });

  it('waits for the line where Offhook was started for it', async () => {
    let registration: ApiLine['registration'] = 'registering';
    api.answers = {
      'lines.list': () => ({ lines: [line({ registration })] }),
      'dial.open': () => ({ callId: 'c', requestId: null }),
    };
    command.startsIt = true;
    const running = command.run('dial', '12');
    await vi.waitFor(() => expect(command.clock.pendingTimers).toBe(1));
    registration = 'registered';
    command.clock.advance(100);
    expect(await running).toMatchObject({ code: 0, said: [] });
    expect(api.heard.map(({ name }) => name)).toEqual(['lines.list', 'lines.list', 'dial.open']);
  });

  it('says why no line is registered after ten seconds, and leaves the rest to the agent', async () => {
    api.answers = {
      'lines.list': () => ({ lines: [line({ registration: 'unreachable' })] }),
      'dial.open': refuse('line.not-registered'),
    };
    command.startsIt = true;
    const running = command.run('dial', '12');
    while (!api.heard.some(({ name }) => name === 'dial.open')) {
      await vi.waitFor(() =>
        expect(command.clock.pendingTimers + Number(api.heard.at(-1)?.name === 'dial.open')).toBe(1),
      );
      command.clock.advance(5000);
    }
    expect(await running).toMatchObject({
      code: 1,
      said: [english.lineNotReady('Офис', 'unreachable'), 'sentence of line.not-registered'],
    });
  });

  it('follows the call to its end with --wait', async () => {
    api.answers = {
      'dial.open': () => {
        api.tell('call.changed', { call: apiCallOf({ id: 'c', state: 'ringback', answeredAt: null }) });
        api.tell('call.changed', { call: apiCallOf({ id: 'other', state: 'connected' }) });
        api.tell('call.changed', { call: apiCallOf({ id: 'c', answeredAt: 10_000 }) });
        api.tell('call.ended', { call: apiCallOf({ id: 'c', answeredAt: 10_000, endedAt: 75_000 }) });
        return { callId: 'c', requestId: null };
      },
    };
    const { code, out } = await command.run('dial', '12', '--wait');
    expect({ code, out }).toEqual({
      code: 0,
      out: [english.dialling('12'), english.states.ringback, english.answeredByThem, english.over('1:05')],
    });
  });

  it('ends with 1, and the reason, when the call that is waited for is not answered', async () => {
    const over = apiCallOf({ id: 'c', answeredAt: null, endedAt: 9, disposition: 'busy', state: 'disconnected' });
    api.answers = {
      'dial.open': () => {
        api.tell('call.ended', { call: over });
        return { callId: null, requestId: 'asked' };
      },
    };
    expect(await command.run('dial', '12', '--wait')).toMatchObject({ code: 1, said: [english.endings.busy] });
  });
});

describe('a link', () => {
  it('is handed over as it came, with the program that opened it', async () => {
    api.answers = { 'dial.open': () => ({ callId: null, requestId: 'r' }) };
    expect((await command.run('open', 'tel:+7;ext=1$(reboot)')).code).toBe(0);
    api.answers = { 'dial.open': () => ({ callId: 'c', requestId: null }) };
    expect((await command.run('open', 'TEL:112')).out).toEqual([english.dialling('112')]);
    expect(api.heard[0]?.given).toEqual({
      source: 'link',
      text: 'tel:+7;ext=1$(reboot)',
      origin: { id: '/usr/bin/firefox', name: 'Firefox' },
    });
  });
});

describe('a call', () => {
  it('is acted on without being named, and named in the answer without what would disturb a terminal', async () => {
    api.answers = {
      'calls.list': () => ({
        calls: [apiCallOf({ id: 'abcd', state: 'offering', name: 'Иван\u001b[31m', firm: 'ООО «Ромашка»' })],
      }),
      'calls.answer': () => ({}),
    };
    const { out } = await command.run('answer');
    expect(out).toEqual([english.acted.answer('Иван[31m, ООО «Ромашка», +7 495 123-45-67')]);
    expect(api.heard.at(-1)).toEqual({ name: 'calls.answer', given: { callId: 'abcd' } });
    expect(command.policies).toEqual(['no']);
  });

  it('that has ended is none of those that are listed, in words or as JSON', async () => {
    api.answers = { 'calls.list': () => ({ calls: [apiCallOf({ id: 'gone', state: 'disconnected', endedAt: 5 })] }) };
    expect((await command.run('calls')).out).toEqual([english.noCalls]);
    expect((await command.run('calls', '--json')).out).toEqual(['{"calls":[]}']);
  });

  it('ends with 4 where there is none', async () => {
    api.answers = { 'calls.list': () => ({ calls: [] }) };
    for (const name of ['answer', 'hangup', 'hold', 'unhold'] as const)
      expect(await command.run(name)).toMatchObject({ code: 4, said: [english.noCallFor[name]] });
    expect(await command.run('hangup', '--all')).toMatchObject({ code: 4 });
  });

  it('is given away to a number in several words, the first of which may name it', async () => {
    api.answers = { 'calls.list': () => ({ calls: [apiCallOf({ id: 'abcd-1' })] }), 'calls.transfer': () => ({}) };
    await command.run('transfer', '8', '495', '123');
    await command.run('transfer', 'abcd-1', '8', '495');
    const given = api.heard.filter(({ name }) => name === 'calls.transfer').map((heard) => heard.given);
    expect(given).toEqual([
      { callId: 'abcd-1', text: '8 495 123' },
      { callId: 'abcd-1', text: '8 495' },
    ]);
  });

  it('takes digits, and every one can be hung up at once', async () => {
    api.answers = {
      'calls.list': () => ({ calls: [apiCallOf({ id: 'a' }), apiCallOf({ id: 'b', state: 'onHold' })] }),
      'calls.dialDigits': () => ({}),
      'calls.drop': () => ({}),
    };
    await command.run('digits', '12#a');
    expect(api.heard.at(-1)?.given).toEqual({ callId: 'a', digits: '12#A' });
    expect((await command.run('hangup', '--all')).out).toEqual([english.hungUpAll(2)]);
  });
});

describe('what is asked', () => {
  it('is told as JSON that a terminal can show', async () => {
    api.answers = {
      'status.get': () => ({ version: '9', registered: true, calls: 0 }),
      'lines.list': () => ({ lines: [line({ label: 'a\u009b\u202eb' })] }),
    };
    const { out } = await command.run('status', '--json');
    expect(out[0]).toContain(String.raw`a\u009b\u202eb`);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ running: true, lines: [{ id: 'line-1' }] });
    expect((await command.run('status')).out[0]).toBe(english.status('9', 0));
  });

  it('ends with 4 when nobody has the number', async () => {
    api.answers = { 'people.lookUp': () => ({ matches: [] }) };
    expect(await command.run('lookup', '12')).toMatchObject({ code: 4, said: [english.nobody('12')] });
    expect(await command.run('lookup', '12', '--json')).toMatchObject({ code: 4, out: ['{"matches":[]}'] });
  });
});

it('has every text in both languages', () => {
  expect(Object.keys(russian).sort()).toEqual(Object.keys(english).sort());
});
