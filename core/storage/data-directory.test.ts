import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquireDataDirectory, type OwnedDirectory } from './data-directory.ts';

let root: string;
let directory: string;
const children: ChildProcess[] = [];
const owned: OwnedDirectory[] = [];

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'offhook-lock-'));
  directory = path.join(root, 'data');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  vi.unstubAllEnvs();
  for (const holder of owned.splice(0)) await holder.release();
  rmSync(root, { recursive: true, force: true });
});

async function acquire() {
  const result = await acquireDataDirectory(directory);
  if (result.kind === 'owner') owned.push(result);
  return result;
}

/** Another process that owns the directory. */
async function startOwner(): Promise<ChildProcess> {
  const source = `
    import { acquireDataDirectory } from ${JSON.stringify(new URL('./data-directory.ts', import.meta.url).href)};
    const owner = await acquireDataDirectory(process.argv[1]);
    if (owner.kind === 'owner') await owner.announce({ port: 4242 });
    console.log(owner.kind);
    setInterval(() => {}, 1000);`;
  const args = ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning', '-e', source, directory];
  const child = spawn(process.execPath, args, {
    cwd: path.join(import.meta.dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  expect(line.toString().trim()).toBe('owner');
  return child;
}

describe('acquireDataDirectory', () => {
  it('makes the directory and its files for the user alone', async () => {
    const owner = await acquire();
    expect(owner).toMatchObject({ kind: 'owner', directory, writable: true });
    if (owner.kind !== 'owner') return;
    await owner.announce({ token: 'secret' });
    if (process.platform === 'win32') return;
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(directory, 'agent.json')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(directory, 'agent.lock')).mode & 0o777).toBe(0o600);
  });

  it('tells who comes second where to reach the owner', async () => {
    const owner = (await acquire()) as OwnedDirectory;
    await owner.announce({ port: 4242 });
    expect(await acquire()).toEqual({ kind: 'running', info: { port: 4242 } });
  });

  it('waits for an owner that has not announced itself yet', async () => {
    const owner = (await acquire()) as OwnedDirectory;
    const second = acquire();
    await owner.announce({ port: 1 });
    expect(await second).toEqual({ kind: 'running', info: { port: 1 } });
  });

  it('is free again after a release, with nothing of the owner before', async () => {
    const owner = (await acquire()) as OwnedDirectory;
    await owner.announce({ port: 1 });
    await owner.release();
    expect(await acquire()).toMatchObject({ kind: 'owner' });
  });

  it('takes over from an owner while waiting for its announcement', async () => {
    const owner = (await acquire()) as OwnedDirectory;
    const second = acquire();
    await owner.release();
    expect(await second).toMatchObject({ kind: 'owner' });
  });

  it('survives a killed owner without anything stale', async () => {
    const child = await startOwner();
    expect(await acquire()).toEqual({ kind: 'running', info: { port: 4242 } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await acquire()).toMatchObject({ kind: 'owner' });
    expect(() => readFileSync(path.join(directory, 'agent.json'))).toThrow('ENOENT');
  });

  it('gives the directory to one of many that start together', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const result = await acquire();
        if (result.kind === 'owner') await result.announce({ port: 7 });
        return result.kind;
      }),
    );
    expect(results.filter((kind) => kind === 'owner')).toHaveLength(1);
  });

  it('takes a lock file into which somebody wrote', async () => {
    await ((await acquire()) as OwnedDirectory).release();
    writeFileSync(path.join(directory, 'agent.lock'), 'not a lock at all, but rather long '.repeat(50));
    expect(await acquire()).toMatchObject({ kind: 'owner' });
  });

  it('still locks where nothing can be written, in the temporary directory', async () => {
    writeFileSync(directory, 'a file where the folder should be');
    vi.stubEnv('TMPDIR', root);
    vi.stubEnv('TEMP', root);
    const owner = (await acquire()) as OwnedDirectory;
    expect(owner).toMatchObject({ kind: 'owner', writable: false });
    await owner.announce({ port: 9 });
    expect(await acquire()).toEqual({ kind: 'running', info: { port: 9 } });
  });

  it('locks in the temporary directory where files can be opened, but the lock cannot be written', async () => {
    vi.stubEnv('TMPDIR', root);
    // SQLite cannot make its journal: as on a full disk, the lock file itself opens well.
    mkdirSync(path.join(directory, 'agent.lock-journal'), { recursive: true });
    const owner = (await acquire()) as OwnedDirectory;
    expect(owner).toMatchObject({ kind: 'owner', directory, writable: false });
    await owner.announce({ port: 9 });
    expect(await acquire()).toEqual({ kind: 'running', info: { port: 9 } });
  });
});
