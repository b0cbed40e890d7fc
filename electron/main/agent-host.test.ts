import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { SafeStorageVault } from '../adapters/safe-storage-vault.ts';
import type { FromAgent, ToAgent } from '../messages.ts';
import { AgentHost, type AgentHostOptions } from './agent-host.ts';

/** Stands in for Electron's UtilityProcess. */
class FakeUtilityProcess extends EventEmitter {
  readonly sent: ToAgent[] = [];
  killed = false;
  postMessage(message: ToAgent): void {
    this.sent.push(message);
    if (message.kind === 'stop') this.emit('exit', 0);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

function host(vault: Pick<SafeStorageVault, 'carryOut'> = { carryOut: () => null }) {
  const processes: FakeUtilityProcess[] = [];
  const heard: (FromAgent | string)[] = [];
  let now = 0;
  const agent = new AgentHost({
    fork() {
      const child = new FakeUtilityProcess();
      processes.push(child);
      return child as unknown as ReturnType<AgentHostOptions['fork']>;
    },
    start: { kind: 'start', dataDirectory: '/d', version: '1', demo: null, keyStore: true, linkCommand: [] },
    vault: vault as SafeStorageVault,
    async findProxy(url) {
      if (url.includes('bad')) throw new Error('no way');
      return 'http://proxy.office.example:3128';
    },
    onMessage: (message) => heard.push(message),
    onRestarted: () => heard.push('restarted'),
    onGaveUp: () => heard.push('gave up'),
    now: () => now,
  });
  agent.start();
  return { agent, processes, heard, wait: (milliseconds: number) => (now += milliseconds) };
}

describe("the agent's utility process", () => {
  it('is told where its data is', () => {
    expect(host().processes[0]!.sent[0]).toMatchObject({ kind: 'start', dataDirectory: '/d' });
  });

  it('gets secrets from the key store, and their failure as a code', () => {
    const { processes } = host({
      carryOut(request) {
        if (request.name === 'bad') throw new OffhookError('secrets.unreadable');
        return 'hunter2';
      },
    });
    const [child] = processes;
    child!.emit('message', { kind: 'secret', id: 1, request: { operation: 'get', name: 'good' } });
    child!.emit('message', { kind: 'secret', id: 2, request: { operation: 'get', name: 'bad' } });
    expect(child!.sent.slice(1)).toMatchObject([
      { id: 1, value: 'hunter2', error: null },
      { id: 2, value: null, error: { code: 'secrets.unreadable' } },
    ]);
  });

  it('is told by which proxy the system goes to a server, or why that is not known', async () => {
    const [child] = host().processes;
    child!.emit('message', { kind: 'proxy', id: 1, url: 'https://dav.example/' });
    child!.emit('message', { kind: 'proxy', id: 2, url: 'https://bad.example/' });
    await expect.poll(() => child!.sent.slice(1)).toMatchObject([
      { kind: 'proxy', id: 1, address: 'http://proxy.office.example:3128', error: null },
      { kind: 'proxy', id: 2, address: null, error: { detail: 'no way' } },
    ]);
  });

  it('is started anew when it dies, and windows are told', () => {
    const { processes, heard } = host();
    processes[0]!.emit('exit', 1);
    expect(processes).toHaveLength(2);
    expect(heard).toEqual(['restarted']);
  });

  it('is given up when it dies five times within a minute, not when it dies now and then', () => {
    const often = host();
    for (let time = 0; time < 5; time += 1) often.processes.at(-1)!.emit('exit', 1);
    expect(often.heard.at(-1)).toBe('gave up');
    const seldom = host();
    for (let time = 0; time < 8; time += 1) {
      seldom.wait(30_000);
      seldom.processes.at(-1)!.emit('exit', 1);
    }
    expect(seldom.heard).not.toContain('gave up');
  });

  it('is not started anew when it was asked to stop', async () => {
    const { agent, processes } = host();
    await agent.stop(1000);
    expect(processes).toHaveLength(1);
  });
});
