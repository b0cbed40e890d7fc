import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { pause } from '#test/support/until.ts';
import { checkRecords } from './check-records.ts';
import type { CrashTally } from './crash-tally.ts';
import { damageOf } from './damage.ts';
import { cutPower, readWriteLog } from './disk-after-cut.ts';
import { findKernel, makeGuest, type GuestSystem } from './guest-files.ts';
import type { CrashPrograms } from './programs.ts';
import { readLog } from './read-log.ts';
import type { SeededRandom } from './seeded-random.ts';
import { VirtualMachine } from './virtual-machine.ts';

export interface PowerCutsOptions {
  programs: CrashPrograms;
  folder: string;
  random: SeededRandom;
  tally: CrashTally;
}

const tools = ['qemu-system-x86_64', 'busybox', 'mke2fs', 'e2fsck', 'debugfs', 'ldd'];
const diskSize = 128 * 2 ** 20;
/** A virtual machine keeps one core busy. */
const atOnce = 2;
/** Share of the cuts that come before the writer is known to work: as the disk is mounted, the database opened. */
const earlyCuts = 0.2;
/** ms of work before a cut. */
const longestWork = 5000;
const patience = 180_000;

function findTool(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** Why no power can be cut here; null when it can. */
export function whyNoPowerCuts(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return 'the guest is Linux on x86-64, and borrows the host’s programs';
  const missing = tools.filter((name) => findTool(name) === null);
  if (missing.length > 0) return `${missing.join(', ')} not installed`;
  return findKernel() ? null : 'no kernel that may be read, with its modules, in /boot and /lib/modules';
}

function run(tool: string, parameters: readonly string[], accepted: readonly number[] = [0]): void {
  const { status, stdout, stderr } = spawnSync(findTool(tool) ?? tool, parameters, { encoding: 'utf8' });
  if (!accepted.includes(status ?? -1)) throw new Error(`${tool} ended with ${status}: ${stdout}${stderr}`);
}

/** Pulls the plug of a virtual machine in mid-write, again and again, and looks at what its disk then holds. */
export async function cutPowerAgain(options: PowerCutsOptions, cuts: number): Promise<void> {
  const kernel = findKernel();
  if (!kernel) throw new Error('no kernel');
  mkdirSync(options.folder, { recursive: true });
  const guest = makeGuest(options.programs, kernel, options.folder);
  let left = cuts;
  const machines = Array.from({ length: Math.min(atOnce, cuts) }, async (_, index) => {
    const folder = path.join(options.folder, String(index));
    mkdirSync(folder);
    const machine = new MachineAtRisk(options, guest, folder);
    while (left-- > 0) await machine.cut();
  });
  await Promise.all(machines);
}

/** One computer that loses its power and is started again, on the disk that it has left. */
class MachineAtRisk {
  private readonly options: PowerCutsOptions;
  private readonly guest: GuestSystem;
  private readonly folder: string;
  private readonly disk: string;
  private readonly acknowledged = new Map<string, CallRecord>();
  private boots = 0;
  /** ms from power to work, as it was of late. */
  private startUp = 8000;

  constructor(options: PowerCutsOptions, guest: GuestSystem, folder: string) {
    this.options = options;
    this.guest = guest;
    this.folder = folder;
    this.disk = path.join(folder, 'disk.img');
    writeFileSync(this.disk, '');
    truncateSync(this.disk, diskSize);
    run('mke2fs', ['-q', '-t', 'ext4', this.disk]);
  }

  async cut(): Promise<void> {
    const { random, tally } = this.options;
    this.boots += 1;
    const running = path.join(this.folder, 'running.img');
    const log = path.join(this.folder, 'writes.log');
    copyFileSync(this.disk, running);
    const qemu = findTool('qemu-system-x86_64') ?? '';
    const started = performance.now();
    const machine = new VirtualMachine({ qemu, guest: this.guest, disk: running, log, run: String(this.boots) });
    try {
      await this.wait(machine, started);
    } finally {
      await machine.cut();
    }
    const { ended } = machine.reports;
    for (const record of ended) this.acknowledged.set(record.id, record);
    const writes = readWriteLog(log);
    const lost = cutPower(this.disk, writes, random);
    tally.killed(ended.length);
    console.error(
      `power cut ${tally.kills}: ${ended.length} calls ended, ${lost} of the last ${writes.writes.length - writes.flushed} writes lost or torn`,
    );
    await this.check();
    for (const file of [running, log]) rmSync(file);
  }

  private async wait(machine: VirtualMachine, started: number): Promise<void> {
    const { random } = this.options;
    // The first boot has to get as far as a database: before that there is nothing to lose.
    if (this.boots > 1 && random.chance(earlyCuts)) return pause(random.between(0.5, 1) * this.startUp);
    await machine.working(patience);
    this.startUp = performance.now() - started;
    await pause(random.between(100, longestWork));
  }

  /** In a copy: the guest's next boot shall meet what the cut has left. */
  private async check(): Promise<void> {
    const { tally, programs } = this.options;
    const copy = path.join(this.folder, 'copy.img');
    const found = path.join(this.folder, 'found');
    copyFileSync(this.disk, copy);
    // The file system's own journal first, as a mount does; 1: done.
    run('e2fsck', ['-p', copy], [0, 1]);
    mkdirSync(found);
    run('debugfs', ['-R', `rdump /calls ${found}`, copy]);
    const directory = path.join(this.folder, 'calls');
    rmSync(directory, { recursive: true, force: true });
    if (existsSync(path.join(found, 'calls'))) renameSync(path.join(found, 'calls'), directory);
    else mkdirSync(directory);
    const where = `boot ${this.boots} of ${this.folder}`;
    tally.add(damageOf(directory), where);
    tally.add(
      checkRecords(
        await readLog(directory, programs.storageWorker),
        { acknowledged: this.acknowledged, witnessed: [] },
        Infinity,
      ),
      where,
    );
    tally.add(damageOf(directory), where);
    tally.checks += 1;
    for (const each of [found, directory]) rmSync(each, { recursive: true });
    rmSync(copy);
  }
}
