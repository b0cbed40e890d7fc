import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '#build/bundle.ts';
import { root } from '#build/root.ts';
import { run } from '#build/steps.ts';
import { closingLines, emptyTally, readTally, tallyPlaywright, tallyVitest, type Tally } from '#build/test-report.ts';
import { findBrowser, thisMachine } from '#web/browser.ts';

const reports = path.join(root, '.cache', 'test');

async function vitest(name: string, projects: readonly string[]): Promise<Tally> {
  const report = path.join(reports, `${name}.json`);
  const { code } = await run({
    name,
    command: [
      'vitest',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    live: true,
  });
  return readTally(report, tallyVitest, code);
}

async function browserTests(): Promise<Tally> {
  const folder = path.join(root, 'test', 'e2e');
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(test|spec)\.ts$/.test(String(file)));
  if (files.length === 0) return emptyTally();
  if (!findBrowser(thisMachine())) {
    return { ...emptyTally(), skipped: files.map((file) => `${String(file)} (no Chromium, Chrome or Edge on this machine)`) };
  }
  await bundle();
  const report = path.join(reports, 'browser.json');
  const { code } = await run({
    name: 'browser',
    command: ['playwright', 'test', '--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    live: true,
  });
  return readTally(report, tallyPlaywright, code);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// Scenarios apart from the rest and one by one: their clocks and tones want the two cores for themselves.
const tallies = [
  await vitest('unit', ['unit', 'renderer']),
  await vitest('scenarios', ['scenarios']),
  await browserTests().catch((error: unknown) => ({ ...emptyTally(), failed: 1, failures: [String(error)] })),
];
const failures = tallies.flatMap((tally) => tally.failures);
console.log(closingLines(tallies).join('\n'));
const ran = tallies.some((tally) => tally.passed > 0);
process.exit(failures.length === 0 && ran ? 0 : 1);
