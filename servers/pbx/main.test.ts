import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDemoConfiguration, writeConfiguration } from './directory/index.ts';

let folder: string;
let file: string;
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'offhook-pbx-'));
  file = path.join(folder, 'pbx.jsonc');
  writeFileSync(file, writeConfiguration(createDemoConfiguration({ sipPort: 0 }).config));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function run(port: string, config = file) {
  child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), config], { env: { ...process.env, OFFHOOK_PBX_SIP_PORT: port } });
  let output = '';
  const started = child;
  for (const stream of [started.stdout!, started.stderr!]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => started.once('close', resolve));
  return { child: started, ended, output: () => output };
}

it('prints its SIP address, and stops cleanly when told to', async () => {
  const pbx = run('0');
  await expect.poll(pbx.output, { timeout: 8000 }).toMatch(/^SIP address: sip:127\.0\.0\.1:\d+$/m);
  pbx.child.kill('SIGINT');
  expect(await pbx.ended).toBe(0);
});

it('says in one sentence that its port is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const pbx = run(String(port));
  expect(await pbx.ended).toBe(1);
  expect(pbx.output()).toBe(`Port ${port} (TCP) is taken by another program: stop it, or set OFFHOOK_PBX_SIP_PORT to a free port.\n`);
  await new Promise((resolve) => other.close(resolve));
});

it('says in one sentence what is wrong with its file', async () => {
  writeFileSync(file, '{\n  "users": {\n    "101": { "secret": 5 }\n  }\n}\n');
  const pbx = run('0');
  expect(await pbx.ended).toBe(1);
  expect(pbx.output()).toMatch(/pbx\.jsonc: line 3: users\.101\.secret: .*\.\n$/);
});
