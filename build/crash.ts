import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { tableOf, totalsOf, witnessLine } from '#test/crash/crash-table.ts';
import { runCrash } from '#test/crash/run-crash.ts';
import { everyBeginning, type Beginning } from '#test/crash/write-points.ts';

const usage = 'npm run -s crash -- [--kills 1000] [--write-points all|short|none] [--power-cuts 0] [--seed number]';

function refuse(): never {
  console.error(usage);
  process.exit(2);
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse();
}

function beginningsOf(extent: string): readonly Beginning[] {
  if (extent === 'all') return everyBeginning;
  if (extent === 'short') return everyBeginning.filter((_, index) => index === 0 || index === everyBeginning.length - 1);
  return extent === 'none' ? [] : refuse();
}

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    'write-points': { type: 'string', default: 'all' },
    'power-cuts': { type: 'string', default: '0' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
  },
});
// What was started is ended with this process, also when somebody has lost patience.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const seed = wholeNumber(values.seed);
console.error(`seed ${seed}`);
const { tallies, leftOut } = await runCrash({
  kills: wholeNumber(values.kills),
  beginnings: beginningsOf(values['write-points']),
  powerCuts: wholeNumber(values['power-cuts']),
  seed,
});
for (const line of [...tableOf(tallies), ...tallies.flatMap(witnessLine)]) console.log(line);
for (const each of leftOut) console.log(`Left out: ${each}`);
console.log(totalsOf(tallies));
// Where nothing could be tried, nothing was shown.
const tried = tallies.some(({ kills }) => kills > 0);
process.exit(!tried || tallies.some(({ findings }) => findings.length > 0) ? 1 : 0);
