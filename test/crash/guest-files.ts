import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';
import type { CrashPrograms } from './programs.ts';

export interface GuestSystem {
  /** Files to boot from. */
  kernel: string;
  initramfs: string;
}

export interface HostKernel {
  kernel: string;
  modules: string;
}

/** What the guest has to load by name; what these need follows. jbd2 asks for crc32c by a way that modules.dep does not tell. */
const wanted = ['virtio_pci', 'virtio_blk', 'crc32c_generic', 'ext4'];

/** Run by the kernel; its console is the serial line. RUN comes from the kernel's command line. */
const init = (modules: readonly string[]) => `#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t devtmpfs dev /dev
${modules.map((module) => `/bin/busybox insmod /modules/${module}`).join('\n')}
/bin/busybox mount -t ext4 /dev/vda /data || exec /bin/busybox poweroff -f
export NODE_NO_WARNINGS=1
exec /bin/node /programs/crash-writer.js /data/calls endless "$RUN" 1
`;

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    // Some systems keep their kernel from everybody but root.
    return false;
  }
}

/** busybox loads modules as they are only; some systems compress them. */
function hasPlainModules(modules: string): boolean {
  const list = path.join(modules, 'modules.dep');
  return isReadable(list) && !/\/(ext4|virtio_blk)\.ko\.\w+:/.test(readFileSync(list, 'utf8'));
}

/** The newest kernel of this machine that lies there with its modules, as Debian lays it; null when there is none. */
export function findKernel(): HostKernel | null {
  const images = existsSync('/boot') ? readdirSync('/boot').filter((name) => name.startsWith('vmlinuz-')) : [];
  const kernels = images.map((image) => {
    return { kernel: path.join('/boot', image), modules: path.join('/lib/modules', image.slice('vmlinuz-'.length)) };
  });
  const usable = kernels.filter(({ kernel, modules }) => isReadable(kernel) && hasPlainModules(modules));
  return usable.sort((a, b) => a.kernel.localeCompare(b.kernel, 'en', { numeric: true })).at(-1) ?? null;
}

/** Files of the modules, each after those that it needs. */
function moduleFiles(modules: string): string[] {
  const needs = new Map<string, string[]>();
  for (const line of readFileSync(path.join(modules, 'modules.dep'), 'utf8').split('\n')) {
    const [file = '', others = ''] = line.split(':');
    if (file !== '')
      needs.set(
        file,
        others.split(' ').filter((other) => other !== ''),
      );
  }
  const files = new Set<string>();
  const add = (file: string) => {
    for (const other of needs.get(file) ?? []) add(other);
    files.add(file);
  };
  for (const name of wanted) {
    const file = [...needs.keys()].find((candidate) => path.basename(candidate).split('.')[0] === name);
    // Built into the kernel, if it is not there.
    if (file !== undefined) add(file);
  }
  return [...files].map((file) => path.join(modules, file));
}

/** A program with the shared libraries that it loads, each where the guest's loader looks for it. */
function copyProgram(program: string, folder: string, name: string): void {
  copyFileSync(program, path.join(folder, 'bin', name));
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  for (const [, library = ''] of stdout.matchAll(/(\/\S+) \(0x/g)) {
    mkdirSync(path.join(folder, path.dirname(library)), { recursive: true });
    copyFileSync(library, path.join(folder, library));
  }
}

function copyPrograms(programs: CrashPrograms, folder: string): void {
  for (const entry of ['crash-writer.js', 'storage-worker.js', 'chunks'])
    cpSync(path.join(programs.folder, entry), path.join(folder, entry), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  const sqlite = path.join('node_modules', 'better-sqlite3');
  for (const entry of ['package.json', 'lib', path.join('prebuilds', 'linux-x64.node')])
    cpSync(path.join(root, sqlite, entry), path.join(folder, sqlite, entry), { recursive: true, dereference: true });
}

/** A whole system in one archive (newc): the kernel unpacks it into memory, so that its disk holds nothing but calls. */
export function makeGuest(programs: CrashPrograms, { kernel, modules }: HostKernel, folder: string): GuestSystem {
  const content = path.join(folder, 'guest');
  for (const name of ['bin', 'proc', 'dev', 'data', 'tmp', 'modules', 'programs'])
    mkdirSync(path.join(content, name), { recursive: true });
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file)) ?? 'busybox';
  copyProgram(busybox, content, 'busybox');
  copyProgram(process.execPath, content, 'node');
  const files = moduleFiles(modules);
  for (const file of files) cpSync(file, path.join(content, 'modules', path.basename(file)));
  copyPrograms(programs, path.join(content, 'programs'));
  writeFileSync(path.join(content, 'init'), init(files.map((file) => path.basename(file))));
  chmodSync(path.join(content, 'init'), 0o755);
  const initramfs = path.join(folder, 'guest.cpio');
  const packed = spawnSync('sh', ['-c', 'find . | busybox cpio -o -H newc > "$0"', initramfs], {
    cwd: content,
    encoding: 'utf8',
  });
  if (packed.status !== 0) throw new Error(`busybox cpio: ${packed.stderr}`);
  return { kernel, initramfs };
}
