import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { account } from '#contract/ipc/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { passwordName } from '#core/settings/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { MemoryUserAgentFactory } from '#core/sip/memory-user-agent.ts';
import { DEMO_LINE_ID, Lines } from './index.ts';

const first = account.parse({ user: '101', domain: 'pbx.example', label: 'Продажи' });
const second = account.parse({ user: '102', domain: 'other.example' });

function open() {
  const clock = new FakeClock();
  const stores = createMemoryStores();
  const userAgents = new MemoryUserAgentFactory();
  const problems = new ProblemBoard(clock, silentLogger);
  let ids = 0;
  const busy = { now: false };
  const newLines = () =>
    new Lines({
      accounts: stores.accounts,
      secrets: stores.secrets,
      userAgents,
      problems,
      clock,
      logger: silentLogger,
      newId: () => `line-${++ids}`,
      hasCalls: () => busy.now,
    });
  return { lines: newLines(), newLines, stores, userAgents: userAgents.userAgents, problems, busy };
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

  it('are not changed or removed under a call', async () => {
    const { lines, busy, userAgents } = open();
    const id = await lines.add(first, 'a');
    busy.now = true;
    await expect(lines.update(id, { ...first, transport: 'tcp' }, null)).rejects.toThrow('line.in-use');
    await expect(lines.remove(id)).rejects.toThrow('line.in-use');
    expect(userAgents).toHaveLength(1);
    busy.now = false;
    await lines.remove(id);
    expect(lines.snapshots()).toEqual([]);
  });

  it('work at once though the disk takes nothing, and say that they are not saved', async () => {
    const { lines, stores, userAgents } = open();
    stores.secrets.set = () => Promise.reject(new OffhookError('settings.not-saved'));
    await expect(lines.add(first, 'a')).rejects.toThrow('settings.not-saved');
    expect(userAgents[0]!.account).toMatchObject({ user: '101', password: 'a' });
  });

  it('of the user take the default over from the built-in exchange', async () => {
    const { lines } = open();
    await lines.add(second, 'demo', DEMO_LINE_ID);
    const own = await lines.add(first, 'a');
    expect(lines.snapshots().find((line) => line.isDefault)?.id).toBe(own);
  });

  it('remember which of them the user took away', async () => {
    const { lines, stores } = open();
    await lines.add(second, 'demo', DEMO_LINE_ID);
    expect(stores.accounts.wasRemoved(DEMO_LINE_ID)).toBe(false);
    await lines.remove(DEMO_LINE_ID);
    expect(stores.accounts.wasRemoved(DEMO_LINE_ID)).toBe(true);
    await lines.add(second, 'demo', DEMO_LINE_ID);
    expect(stores.accounts.wasRemoved(DEMO_LINE_ID)).toBe(false);
  });
});
