import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CrashExchange } from './crash-exchange.ts';
import { CrashTally } from './crash-tally.ts';
import { cutPowerAgain, whyNoPowerCuts } from './power-cuts.ts';
import { bundleCrashPrograms, type CrashPrograms } from './programs.ts';
import { RandomKills } from './random-kills.ts';
import { SeededRandom } from './seeded-random.ts';
import { whyNotTraced } from './traced-writer.ts';
import { killAtWritePoints, type Beginning } from './write-points.ts';

export interface CrashOptions {
  /** At random moments. */
  kills: number;
  /** What the data directory holds at the start, for the kills at every write point. */
  beginnings: readonly Beginning[];
  powerCuts: number;
  seed: number;
}

export interface CrashOutcome {
  tallies: CrashTally[];
  /** What could not be done here, and why. */
  leftOut: string[];
}

const agentsAtOnce = 2;

/** Kills the agent in every way there is, and tells what was left of its calls. Rejects when it could not be tried. */
export async function runCrash({ kills, beginnings, powerCuts, seed }: CrashOptions): Promise<CrashOutcome> {
  const random = new SeededRandom(seed);
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-crash-'));
  const programs = await bundleCrashPrograms();
  const outcome: CrashOutcome = { tallies: [], leftOut: [] };
  const begin = (title: string, phrase: string) => {
    const tally = new CrashTally(title, phrase, (line) => console.error(line));
    outcome.tallies.push(tally);
    return tally;
  };
  const remove = () => {
    programs.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  // Also when somebody has lost patience.
  process.once('exit', remove);
  try {
    if (kills > 0)
      await killAtRandom(
        kills,
        programs,
        path.join(folder, 'random'),
        random,
        begin('at random moments', 'kills at random moments'),
      );
    const notTraced = beginnings.length > 0 ? whyNotTraced() : null;
    if (notTraced !== null) outcome.leftOut.push(`kills at write points (${notTraced})`);
    else if (beginnings.length > 0) {
      const tally = begin('at every write point', 'at write points');
      await killAtWritePoints({ programs, folder: path.join(folder, 'points'), tally, beginnings });
    }
    const noPowerCuts = powerCuts > 0 ? whyNoPowerCuts() : null;
    if (noPowerCuts !== null) outcome.leftOut.push(`power cuts (${noPowerCuts})`);
    else if (powerCuts > 0) {
      const tally = begin('power cuts', 'power cuts');
      await cutPowerAgain({ programs, folder: path.join(folder, 'power'), random, tally }, powerCuts);
    }
    return outcome;
  } finally {
    process.off('exit', remove);
    remove();
  }
}

async function killAtRandom(
  kills: number,
  programs: CrashPrograms,
  folder: string,
  random: SeededRandom,
  tally: CrashTally,
): Promise<void> {
  const exchange = await CrashExchange.open(agentsAtOnce, random);
  try {
    const agents = exchange.lines.map((line, index) => {
      const own = path.join(folder, String(index));
      mkdirSync(own, { recursive: true });
      const share = Math.floor((kills + agentsAtOnce - 1 - index) / agentsAtOnce);
      return new RandomKills({ programs, line, folder: own, random: new SeededRandom(random.seed()), tally }).run(
        share,
      );
    });
    await Promise.all(agents);
  } finally {
    await exchange.close();
  }
}
