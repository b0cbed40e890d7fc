import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { GuestSystem } from './guest-files.ts';
import { launch, type Launched } from './launch.ts';
import { readReports, type Reports } from './reports.ts';

export interface VirtualMachineOptions {
  /** Program. */
  qemu: string;
  guest: GuestSystem;
  /** Raw image, written to by the guest. */
  disk: string;
  /** Takes what the guest writes, in order; made anew. */
  log: string;
  /** For the guest's records. */
  run: string;
}

/** Bytes; a file with holes, so that it takes no more than what is written. */
const logSize = 4 * 2 ** 30;
const memory = 768;

/** A computer in a process of its own, with the writer at work in it and its power plug in our hand. */
export class VirtualMachine {
  private readonly launched: Launched;
  private serial = '';
  private readonly onSerial = new Set<() => void>();

  constructor({ qemu, guest, disk, log, run }: VirtualMachineOptions) {
    rmSync(log, { force: true });
    writeFileSync(log, '');
    truncateSync(log, logSize);
    const drive = [
      `driver=file,filename=${disk},node-name=disk`,
      `driver=file,filename=${log},node-name=log`,
      'driver=blklogwrites,node-name=logged,file=disk,log=log,log-sector-size=512,log-super-update-interval=1',
    ];
    const machine = [
      '-accel',
      'tcg',
      '-m',
      String(memory),
      '-display',
      'none',
      '-monitor',
      'none',
      '-serial',
      'stdio',
      '-nic',
      'none',
      '-no-reboot',
    ];
    const boot = [
      '-kernel',
      guest.kernel,
      '-initrd',
      guest.initramfs,
      '-append',
      `console=ttyS0 panic=-1 quiet loglevel=0 RUN=${run}`,
    ];
    const parameters = [
      ...machine,
      ...boot,
      ...drive.flatMap((each) => ['-blockdev', each]),
      '-device',
      'virtio-blk-pci,drive=logged',
    ];
    this.launched = launch({ command: qemu, parameters, output: 'pipe' });
    this.launched.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.serial += text;
      for (const look of [...this.onSerial]) look();
    });
  }

  /** What its serial line has brought so far. */
  get reports(): Reports {
    return readReports(this.serial);
  }

  /** Resolves when the writer is at work; rejects when the machine ends, or after that time (ms). */
  async working(patience: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the guest did not begin its work:\n${this.serial.slice(-2000)}`)),
        patience,
      );
    });
    const ended = this.launched.closed.then((): never => {
      throw new Error(`the virtual machine ended:\n${this.serial.slice(-2000)}`);
    });
    const begun = new Promise<void>((resolve) => {
      this.onSerial.add(() => this.reports.readyAt !== null && resolve());
    });
    try {
      await Promise.race([begun, late, ended]);
    } finally {
      clearTimeout(timer);
      this.onSerial.clear();
      ended.catch(() => {});
    }
  }

  /** Pulls the plug; resolves when all that it had said has been read. */
  async cut(): Promise<void> {
    this.launched.child.kill('SIGKILL');
    await this.launched.closed;
  }
}
