import { readFileSync } from 'node:fs';

/** What became of one runner's tests. */
export interface Tally {
  passed: number;
  failed: number;
  /** Full names. */
  skipped: string[];
  failures: string[];
}

interface VitestReport {
  success: boolean;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: { title: string; tests: { status: string }[] }[];
}

interface PlaywrightReport {
  suites: PlaywrightSuite[];
  errors: { message?: string }[];
}

export function emptyTally(): Tally {
  return { passed: 0, failed: 0, skipped: [], failures: [] };
}

/** A file that could not even be loaded counts as one failure: it holds tests that nobody ran. */
export function tallyVitest(report: VitestReport): Tally {
  const tally = emptyTally();
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') tally.failures.push(test.fullName);
      else tally.skipped.push(test.fullName);
    }
    const told = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !told) tally.failures.push(`${file.name}: ${file.message ?? 'failed'}`);
  }
  // An error outside of every test (an unhandled rejection) makes the run a failure without a name.
  if (!report.success && tally.failures.length === 0) tally.failures.push('an error outside of the tests');
  return { ...tally, failed: tally.failures.length };
}

export function tallyPlaywright(report: PlaywrightReport): Tally {
  const tally = emptyTally();
  const visit = (suite: PlaywrightSuite, above: string) => {
    const title = [above, suite.title].filter(Boolean).join(' › ');
    for (const spec of suite.specs ?? []) {
      const name = `${title} › ${spec.title}`;
      for (const test of spec.tests) {
        if (test.status === 'expected') tally.passed += 1;
        else if (test.status === 'skipped') tally.skipped.push(name);
        else tally.failures.push(name);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, title);
  };
  for (const suite of report.suites) visit(suite, '');
  for (const error of report.errors) tally.failures.push(error.message ?? 'an error outside of the tests');
  return { ...tally, failed: tally.failures.length };
}

/** A runner that left no readable report has failed, whatever its exit code. */
export function readTally<T>(file: string, tally: (report: T) => Tally, code: number): Tally {
  let found: Tally;
  try {
    found = tally(JSON.parse(readFileSync(file, 'utf8')) as T);
  } catch (error) {
    return { ...emptyTally(), failed: 1, failures: [`no report: ${String(error)}`] };
  }
  if (code !== 0 && found.failed === 0) return { ...found, failed: 1, failures: [`the runner ended with code ${code}`] };
  return found;
}

/** Names of what failed and of what was left out, with how many; the last line is `N passed, N failed` and no more. */
export function closingLines(tallies: readonly Tally[]): string[] {
  const sum = (count: (tally: Tally) => number) => tallies.reduce((total, tally) => total + count(tally), 0);
  const failures = tallies.flatMap((tally) => tally.failures);
  const skipped = tallies.flatMap((tally) => tally.skipped);
  return [
    ...(failures.length > 0 ? ['', 'Failed:', ...failures.map((name) => `  ✗ ${name}`)] : []),
    ...(skipped.length > 0 ? ['', `Left out (${skipped.length}):`, ...skipped.map((name) => `  - ${name}`)] : []),
    '',
    `${sum((tally) => tally.passed)} passed, ${sum((tally) => tally.failed)} failed`,
  ];
}
