import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '#build/root.ts';
import { installDependencies, installedMatchesLock } from './dependencies.mjs';
import { majorOf } from './node-version.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'offhook-prepare-'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "x", "version": "1.0.0" }');
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ name: 'x', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'x', version: '1.0.0' } } }));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stamp = () => path.join(folder, 'node_modules', '.offhook-stamp');
const record = (packages: Record<string, { version: string }>) => {
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
};

describe('installing', () => {
  it('is not done where npm has installed just that already, and is remembered by a stamp', () => {
    record({});
    installDependencies(folder);
    expect(existsSync(stamp())).toBe(true);
  });

  it('compares what npm recorded with the lock file, and lets packages for other systems be absent', () => {
    const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/w': { version: '1.0.0', optional: true } } };
    expect(installedMatchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
    expect(installedMatchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
    expect(installedMatchesLock(lock, { packages: {} })).toBe(false);
  });
});

describe('a package that is missing', () => {
  it('is noticed although the stamp is there', () => {
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "x", "version": "1.0.0", "dependencies": { "a": "1.0.0" } }');
    record({});
    writeFileSync(stamp(), 'any');
    const script = `import { installDependencies } from ${JSON.stringify(path.join(root, 'build/prepare/dependencies.mjs'))}; installDependencies(${JSON.stringify(folder)});`;
    // The lock file here does not know the package, so that npm refuses without asking any registry.
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
    });
    expect(stdout).toContain('Installing the dependencies');
    expect(status).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toMatch(/^The dependencies could not be installed/);
  });
});

describe('the Node that runs', () => {
  it('is told apart by its major version', () => {
    expect(majorOf('v20.20.2')).toBe(20);
    expect(majorOf('v9.11.0')).toBe(9);
  });

  it('gets one clear sentence when it is too old', () => {
    const script = `import { requireNodeForInstall } from ${JSON.stringify(path.join(root, 'build/prepare/node-version.mjs'))}; requireNodeForInstall('v18.19.0');`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
    });
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^Offhook needs Node\.js 20 or newer, and this is v18\.19\.0/)]);
  });

  it('could be any old one: what runs before the installation uses no syntax younger than Node 12', () => {
    const files = ['prepare.mjs', ...['dependencies', 'node-version', 'system-packages', 'words'].map((name) => `prepare/${name}.mjs`)];
    for (const file of files) {
      const text = readFileSync(path.join(root, 'build', file), 'utf8');
      expect(text, file).not.toMatch(/\?\?|\?\.[a-z[(]|from 'node:|import\.meta\.(dirname|main)|&&=|\|\|=|\.at\(|replaceAll|structuredClone|^await /m);
    }
  });
});
