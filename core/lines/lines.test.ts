import { describe, expect, it } from 'vitest';
import { account } from '#contract/ipc/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { passwordName } from '#core/settings/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { MemoryUserAgentFactory } from '#core/sip/memory-user-agent.ts';
import { Lines } from './index.ts';

const first = account.parse({ user: '101', domain: 'pbx.example', label: 'Продажи' });
const second = account.parse({ user: '102', domain: 'other.example' });

function open() {
  const clock = new FakeClock();
  const stores = createMemoryStores();
  const userAgents = new MemoryUserAgentFactory();
  const problems = new ProblemBoard(clock);
  let ids = 0;
  const newLines = () =>
    new Lines({
      accounts: stores.accounts,
      secrets: stores.secrets,
      userAgents,
      problems,
      clock,
      logger: silentLogger,
      newId: () => `line-${++ids}`,
    });
  return { lines: newLines(), newLines, stores, userAgents: userAgents.userAgents, problems };
}

describe('the lines of a phone', () => {
  it('keep the password with the secrets and never show it', async () => {
    const { lines, stores } = open();
    const id = await lines.add(first, 'hunter2');
    expect(await stores.secrets.get(passwordName(id))).toBe('hunter2');
    expect(JSON.stringify(lines.snapshots())).not.toContain('hunter2');
    expect(lines.snapshots()[0]).toMatchObject({ hasPassword: true, isDefault: true });
  });

  it('come back after a restart with their passwords', async () => {
    const { lines, newLines, userAgents } = open();
    await lines.add(first, 'hunter2');
    await lines.stop();
    await newLines().load();
    expect(userAgents.at(-1)!.account).toMatchObject({ user: '101', password: 'hunter2' });
  });

  it('keep the old password when an account is changed without a new one', async () => {
    const { lines, userAgents } = open();
    const id = await lines.add(first, 'hunter2');
    await lines.update(id, { ...first, transport: 'tcp' }, null);
    expect(userAgents.at(-1)!.account).toMatchObject({ transport: 'tcp', password: 'hunter2' });
    expect(userAgents[0]!.registration.state).toBe('disabled');
  });

  it('forget the password with the account, and pass the default on', async () => {
    const { lines, stores } = open();
    const id = await lines.add(first, 'hunter2');
    const other = await lines.add(second, 'other');
    await lines.remove(id);
    expect(await stores.secrets.get(passwordName(id))).toBeNull();
    expect(lines.snapshots()).toMatchObject([{ id: other, isDefault: true }]);
  });

  it('come up even when a secret cannot be read, and say which', async () => {
    const { lines, newLines, stores, problems, userAgents } = open();
    await lines.add(first, 'hunter2');
    stores.secrets.get = () => Promise.reject(new Error('no access'));
    await newLines().load();
    expect(userAgents).toHaveLength(2);
    expect(problems.list()).toHaveLength(1);
  });

  it('dial on the default line, or on another that is registered when it is not', async () => {
    const { lines, userAgents } = open();
    await lines.add(first, 'a');
    await lines.add(second, 'b');
    expect(lines.forDialling().label).toBe('Продажи');
    userAgents[1]!.become('registered');
    expect(lines.forDialling().label).toBe('102');
  });
});
