import { expect, it } from 'vitest';
import { closingLines, emptyTally, readTally, tallyPlaywright, tallyVitest } from './test-report.ts';

const vitestFile = (status: string, results: [string, string][]) => ({
  name: 'a.test.ts',
  status,
  message: status,
  assertionResults: results.map(([fullName, state]) => ({ fullName, status: state })),
});

it('counts what passed, failed and was left out, with names', () => {
  const tally = tallyVitest({
    success: false,
    testResults: [vitestFile('failed', [['a', 'passed'], ['b', 'failed'], ['c', 'pending'], ['d', 'skipped']])],
  });
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: ['c', 'd'], failures: ['b'] });
});

it('counts a file that could not be loaded as a failure', () => {
  expect(tallyVitest({ success: false, testResults: [vitestFile('failed', [])] }).failed).toBe(1);
});

it('counts an error outside of every test as a failure', () => {
  expect(tallyVitest({ success: false, testResults: [vitestFile('passed', [['a', 'passed']])] }).failed).toBe(1);
});

it('reads nested Playwright suites', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const tally = tallyPlaywright({
    suites: [{ title: 'f', specs: [spec('one', 'expected')], suites: [{ title: 'g', specs: [spec('two', 'unexpected'), spec('three', 'skipped')] }] }],
    errors: [],
  });
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: ['f › g › three'], failures: ['f › g › two'] });
});

it('takes a missing report and a silent non-zero exit for failures', () => {
  expect(readTally('/nonexistent', () => emptyTally(), 0).failed).toBe(1);
});

it('names what failed and what was left out, and ends with the two numbers alone', () => {
  const tally = { passed: 3, failed: 0, skipped: [], failures: [] };
  expect(closingLines([tally, tally])).toEqual(['', '6 passed, 0 failed']);
  const lines = closingLines([tally, { ...tally, failed: 1, failures: ['y'], skipped: ['x'] }]);
  expect(lines).toEqual(['', 'Failed:', '  ✗ y', '', 'Left out (1):', '  - x', '', '6 passed, 1 failed']);
});
