import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InstalledAgentStarter } from './installed-agent-starter.ts';
import { RepositoryAgentStarter } from './repository-agent-starter.ts';
import { spawnDetached } from './spawn-detached.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'offhook-starter-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const witness = `
import { writeFileSync } from 'node:fs';
const { OFFHOOK_DATA, npm_lifecycle_event: npm = null } = process.env;
writeFileSync('seen.json', JSON.stringify({ parameters: process.argv.slice(2), OFFHOOK_DATA, npm }));
process.exit(7);
`;
const seen = () => JSON.parse(readFileSync(path.join(folder, 'seen.json'), 'utf8')) as unknown;
const environment = { ...process.env, npm_lifecycle_event: 'npx' };

it('starts the folder that it was built in, untied from npm, and tells how it ended', async () => {
  expect(RepositoryAgentStarter.in(folder, '/data', environment)).toBeNull();
  mkdirSync(path.join(folder, 'build'));
  writeFileSync(path.join(folder, 'build', 'start.ts'), witness);
  const starter = RepositoryAgentStarter.in(folder, '/data', environment);
  expect(await starter?.start({ window: false })).toBe(7);
  expect(seen()).toEqual({ parameters: ['--hidden'], OFFHOOK_DATA: '/data', npm: null });
  await starter?.start({ window: true });
  expect(seen()).toMatchObject({ parameters: [] });
});

it('starts the program that an installation names beside the command', async () => {
  expect(InstalledAgentStarter.beside(folder, '/data', environment)).toBeNull();
  writeFileSync(path.join(folder, 'launcher.json'), '{"program":"./phone"}');
  writeFileSync(path.join(folder, 'phone'), '#!/bin/sh\nprintf \'["%s","%s"]\' "$1" "$OFFHOOK_DATA" > seen.json\n', {
    mode: 0o755,
  });
  expect(await InstalledAgentStarter.beside(folder, '/data', environment)?.start({ window: false })).toBe(0);
  expect(seen()).toEqual(['--hidden', '/data']);
});

it('says 127 where there is no such program, as a shell does', async () => {
  expect(await spawnDetached([path.join(folder, 'none')], { folder, environment })).toBe(127);
});
