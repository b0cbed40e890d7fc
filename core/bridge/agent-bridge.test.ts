import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { AgentBridge, type CommandHandlers } from './agent-bridge.ts';
import { MemoryClientPort } from './memory-client-port.ts';

function open(handlers: Partial<CommandHandlers>) {
  const bridge = new AgentBridge(silentLogger);
  bridge.handle(handlers as CommandHandlers);
  const client = new MemoryClientPort();
  bridge.connect(client);
  const ask = (id: number, command: string, args?: unknown) => {
    client.say({ id, command, args });
    return client.reply(id);
  };
  return { bridge, client, ask };
}

describe('the bridge between windows and the agent', () => {
  it('answers a command with what its handler gives, defaults filled in', async () => {
    const { ask } = open({ 'calls.place': ({ text, lineId }) => ({ callId: `${text}/${lineId}` }) });
    expect(await ask(1, 'calls.place', { text: '600' })).toEqual({ id: 1, result: { callId: '600/null' } });
  });

  it.each(['constructor', '__proto__', 'calls.nothing', ''])('refuses the unknown command "%s"', async (command) => {
    const { ask } = open({});
    expect(await ask(1, command)).toMatchObject({ error: { code: 'bridge.unknown-command' } });
  });

  it('says which argument was wrong and never repeats its value', async () => {
    const { ask } = open({});
    const reply = await ask(1, 'lines.add', { account: { user: 'a b', domain: 'pbx' }, password: 'hunter2' });
    expect(reply).toMatchObject({ error: { code: 'bridge.invalid-arguments' } });
    expect(JSON.stringify(reply)).toContain('account.user');
    expect(JSON.stringify(reply)).not.toContain('hunter2');
  });

  it('hands expected failures over by code, and unexpected ones as a bug', async () => {
    const { ask } = open({
      'calls.redial': () => {
        throw new OffhookError('number.empty');
      },
      'calls.list': () => {
        throw new TypeError('x is not a function');
      },
    });
    expect(await ask(1, 'calls.redial')).toMatchObject({ error: { code: 'number.empty' } });
    expect(await ask(2, 'calls.list')).toMatchObject({ error: { code: 'internal.bug', detail: 'x is not a function' } });
  });

  it.each([null, 7, 'text', {}, { id: 'one', command: 'calls.list' }])('drops the message %j and lives on', async (raw) => {
    const { client, ask } = open({ 'calls.list': () => [] });
    client.say(raw);
    expect(await ask(2, 'calls.list')).toEqual({ id: 2, result: [] });
    expect(client.sent).toHaveLength(1);
  });

  it('tells every window what changed, until it closes', () => {
    const { bridge, client } = open({});
    const second = new MemoryClientPort();
    bridge.connect(second);
    bridge.broadcast('calls.changed', { calls: [] });
    client.close();
    bridge.broadcast('calls.changed', { calls: [] });
    expect(client.events('calls.changed')).toHaveLength(1);
    expect(second.events('calls.changed')).toHaveLength(2);
    expect(bridge.clientCount).toBe(1);
  });
});
