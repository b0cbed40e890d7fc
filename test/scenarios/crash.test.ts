import { expect, test } from 'vitest';
import { run } from '#build/steps.ts';
import { whyNotTraced } from '#test/crash/traced-writer.ts';

const notTraced = whyNotTraced();
const atEveryWrite = 'nor at a kill at any write of a whole call';
// Half a minute each where nobody else is at work.
const patience = 300_000;

function crash(...parameters: string[]): Promise<{ code: number; output: string }> {
  return run({ name: 'crash', command: ['node', 'build/crash.ts', '--seed', '1', ...parameters] });
}

test(
  'no call that was ended before a kill at a random moment is lost, and none is there twice',
  async () => {
    const { code, output } = await crash('--kills', '15', '--write-points', 'none');
    expect(output).toMatch(/^15 kills at random moments: [1-9]\d* calls ended before, 0 lost, 0 twice$/m);
    expect(code, output).toBe(0);
  },
  patience,
);

test.skipIf(notTraced !== null)(
  notTraced === null ? atEveryWrite : `${atEveryWrite} (${notTraced})`,
  async () => {
    const { code, output } = await crash('--kills', '0', '--write-points', 'short');
    const totals = /^(\d+) at write points: [1-9]\d* calls ended before, 0 lost, 0 twice$/m.exec(output);
    expect(Number(totals?.[1]), output).toBeGreaterThan(50);
    expect(code, output).toBe(0);
  },
  patience,
);

test('a request that makes no sense is refused with the way to write it', async () => {
  const { code, output } = await crash('--kills', 'many');
  expect(code).toBe(2);
  expect(output).toContain('npm run -s crash -- [--kills 1000]');
});
