import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { checkRecords, withoutRecord, type Evidence, type WitnessedCall } from './check-records.ts';
import type { CrashLine } from './crash-exchange.ts';
import type { CrashSetup } from './crash-setup.ts';
import type { CrashTally } from './crash-tally.ts';
import { damageOf } from './damage.ts';
import { launchProgram, readReportFile, type Launched } from './launch.ts';
import { leaveOlderDatabase } from './older-database.ts';
import type { CrashPrograms } from './programs.ts';
import { readLog } from './read-log.ts';
import type { Reports } from './reports.ts';
import type { SeededRandom } from './seeded-random.ts';
import { pause, within } from '#test/support/until.ts';

export interface RandomKillsOptions {
  programs: CrashPrograms;
  line: CrashLine;
  folder: string;
  random: SeededRandom;
  tally: CrashTally;
}

/** Kills with one data directory, before a fresh one is begun: small databases are met as well as grown ones. */
const killsOfDirectory = 100;
/** Share of the kills that come while the agent starts: migration, the calls left open, registration. */
const earlyKills = 0.35;
/** So many of a directory's first kills are all early: the tables are made, or brought up to date, only once. */
const firstKills = 5;
/** ms of work before a kill. */
const longestWork = 700;
const olderCalls = 1500;
const startPatience = 60_000;
const endPatience = 20_000;

interface Run extends Launched {
  /** Unix ms. */
  startedAt: number;
  /** Resolves when it begins to work, or has ended; rejects after a minute. */
  ready: Promise<unknown>;
  report: string;
}

/** One agent that is killed again and again, with whatever it leaves on the disk. */
export class RandomKills {
  private readonly options: RandomKillsOptions;
  private directories = 0;
  private directory = '';
  private readonly acknowledged = new Map<string, CallRecord>();
  private witnessed: WitnessedCall[] = [];
  /** Over before the kill, but begun so late that their first word may not have been written; with ms before the kill. */
  private hurried: (WitnessedCall & { age: number })[] = [];
  /** ms from a start to the work's begin, as it was of late. */
  private startUp = 400;

  constructor(options: RandomKillsOptions) {
    this.options = options;
  }

  async run(kills: number): Promise<void> {
    for (let done = 0; done < kills; done += 1) {
      if (done % killsOfDirectory === 0) await this.beginDirectory();
      await this.kill(done % killsOfDirectory < firstKills);
    }
    await this.endDirectory();
  }

  private get evidence(): Evidence {
    return { acknowledged: this.acknowledged, witnessed: this.witnessed };
  }

  private async beginDirectory(): Promise<void> {
    await this.endDirectory();
    const { folder } = this.options;
    this.directories += 1;
    this.directory = path.join(folder, `data-${this.directories}`);
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    // Every other one comes from an earlier version of the program, with calls that it left open.
    if (this.directories % 2 === 0)
      for (const record of leaveOlderDatabase(this.directory, olderCalls))
        if (record.endedAt !== null) this.acknowledged.set(record.id, record);
  }

  /** One more start, which is not killed until it has given its list, and then asked to stop. */
  private async endDirectory(): Promise<void> {
    if (this.directory === '') return;
    const { startedAt, closed, ready, child, report } = this.start();
    await ready;
    child.kill('SIGTERM');
    await within(endPatience, 'the agent stops', closed);
    const reports = readReportFile(report);
    if (reports.list === null) throw new Error(`the agent gave no list after the kills in ${this.directory}`);
    this.learn(reports, startedAt);
    // And once more from outside, when nobody is at work any more.
    const { programs, tally } = this.options;
    const records = await readLog(this.directory, programs.storageWorker);
    tally.add(checkRecords(records, this.evidence, Infinity), this.directory);
    tally.checks += 1;
    rmSync(this.directory, { recursive: true });
    this.acknowledged.clear();
  }

  private async kill(first: boolean): Promise<void> {
    const { random, tally, line } = this.options;
    const early = random.chance(earlyKills) || first;
    const moment = early ? random.between(0, this.startUp) : random.between(0, longestWork);
    const { startedAt, closed, ready, child, report } = this.start();
    if (!early) await ready;
    await pause(moment);
    const killedAt = Date.now();
    child.kill('SIGKILL');
    await closed;
    const reports = readReportFile(report);
    if (child.signalCode !== 'SIGKILL') throw new Error(`the agent ended by itself: ${child.exitCode}`);
    this.learn(reports, startedAt);
    tally.killed(reports.ended.length);
    this.hear(line.take(startedAt, killedAt), reports, killedAt);
    tally.add(damageOf(this.directory), this.directory);
    if (reports.readyAt !== null) this.startUp += (reports.readyAt - startedAt - this.startUp) / 4;
  }

  /**
   * Neither SIP nor a window waits for the disk: a call may be over before the first word of it is written. But writes
   * keep their order, so that what was handed over before a record that was acknowledged has to be there as well.
   */
  private hear(calls: readonly WitnessedCall[], { ended }: Reports, killedAt: number): void {
    const written = Math.max(...ended.map((record) => record.endedAt ?? 0), 0);
    for (const call of calls) {
      if (call.knownAt < written) this.witnessed.push(call);
      else this.hurried.push({ ...call, age: killedAt - call.knownAt });
    }
    this.options.tally.witnessed += calls.length;
  }

  /** Checks the list that a run gave against all that was known before it, then takes in what the run itself told. */
  private learn(reports: Reports, startedAt: number): void {
    const { tally } = this.options;
    if (reports.list) {
      // Those that its start has closed were acknowledged before the list was asked for, or just after.
      tally.add(checkRecords(reports.list, this.evidence, startedAt), this.directory);
      tally.checks += 1;
      for (const { age } of withoutRecord(this.hurried, reports.list)) tally.unwritten.push(age);
      this.witnessed = [];
      this.hurried = [];
    }
    for (const record of reports.ended) this.acknowledged.set(record.id, record);
  }

  private start(): Run {
    const { programs, line, random, folder } = this.options;
    const report = path.join(folder, 'report');
    const setup: CrashSetup = { ...line.account, dataDirectory: this.directory, seed: random.seed() };
    const launched = launchProgram(programs.agent, [JSON.stringify(setup)], { report, ipc: true });
    const ready = within(
      startPatience,
      'the agent begins to work',
      Promise.race([once(launched.child, 'message'), launched.closed]),
    );
    // Nobody waits for it when the kill comes early.
    ready.catch(() => {});
    return { startedAt: Date.now(), ...launched, ready, report };
  }
}
