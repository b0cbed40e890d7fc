import { expect, test } from 'vitest';
import { run } from '#build/steps.ts';
import { whyNotTraced } from '#test/crash/traced-writer.ts';

const notTraced = whyNotTraced();

function crash(...parameters: string[]): Promise<{ code: number; output: string }> {
  return run({ name: 'crash', command: ['node', 'build/crash.ts', '--seed', '1', ...parameters] });
}

test('no call that was ended before a kill at a random moment is lost, and none is there twice', async () => {
  const { code, output } = await crash('--kills', '15', '--write-points', 'none');
  expect(output.trim().split('\n').at(-1)).toMatch(
    /^15 kills at random moments: [1-9]\d* calls ended before, 0 lost, 0 twice$/,
  );
  expect(code, output).toBe(0);
}, 300_000);

test.skipIf(notTraced !== null)(
  `nor at a kill at any write of a whole call${notTraced === null ? '' : ` (${notTraced})`}`,
  async () => {
    const { code, output } = await crash('--kills', '0', '--write-points', 'short');
    const last = output.trim().split('\n').at(-1) ?? '';
    const [, points = '0'] = /^(\d+) at write points: [1-9]\d* calls ended before, 0 lost, 0 twice$/.exec(last) ?? [];
    expect(Number(points), output).toBeGreaterThan(50);
    expect(code, output).toBe(0);
  },
  180_000,
);

test('a request that makes no sense is refused with the way to write it', async () => {
  const { code, output } = await crash('--kills', 'many');
  expect(code).toBe(2);
  expect(output).toContain('npm run -s crash -- [--kills 1000]');
});
