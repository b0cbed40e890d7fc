import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '#servers/pbx/directory/index.ts';
import { PortTaken, prepareExchange } from './exchange.ts';
import { freePort, isFree } from './free-port.ts';

let directory: string;
const servers: Server[] = [];
beforeEach(() => void (directory = mkdtempSync(path.join(tmpdir(), 'offhook-exchange-'))));
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(directory, { recursive: true });
});

async function take(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  servers.push(server);
  return (server.address() as { port: number }).port;
}

describe("the newcomer's exchange", () => {
  it('is configured at the first start, by a file for the user alone with passwords that nobody can guess', async () => {
    const exchange = await prepareExchange(directory, 'en', undefined);
    if (process.platform !== 'win32') expect(statSync(exchange.configurationFile).mode & 0o777).toBe(0o600);
    const configuration = readConfiguration(readFileSync(exchange.configurationFile, 'utf8'));
    expect(configuration.listen).toMatchObject({ address: '127.0.0.1', udp: exchange.port, tcp: exchange.port });
    expect(exchange.demo.account).toMatchObject({ user: '201', serverPort: exchange.port });
    const passwords = [exchange.demo, ...exchange.others].map(({ password }) => password);
    expect(new Set(passwords).size).toBe(3);
    for (const password of passwords) expect(password.length).toBeGreaterThanOrEqual(20);
  });

  it('keeps its passwords and its port from start to start, and what the user has written', async () => {
    const first = await prepareExchange(directory, 'en', undefined);
    const text = readFileSync(first.configurationFile, 'utf8').replace('"Demo 202"', '"Boris"') + '// mine\n';
    writeFileSync(first.configurationFile, text);
    const second = await prepareExchange(directory, 'en', undefined);
    expect(second.demo).toEqual(first.demo);
    expect(readFileSync(second.configurationFile, 'utf8')).toBe(text);
  });

  it('goes on with the extensions of a configuration that is there already, whatever their numbers', async () => {
    const { configurationFile, port } = await prepareExchange(directory, 'en', undefined);
    const text = readFileSync(configurationFile, 'utf8').replaceAll('"20', '"10');
    writeFileSync(configurationFile, text);
    const exchange = await prepareExchange(directory, 'en', undefined);
    expect([exchange.demo, ...exchange.others].map(({ account }) => account.user)).toEqual(['101', '102', '103']);
    expect(exchange.port).toBe(port);
    expect(readFileSync(configurationFile, 'utf8')).toBe(text);
  });

  it('moves to a free port when its own was taken meanwhile, with the same passwords', async () => {
    const first = await prepareExchange(directory, 'en', undefined);
    await take(first.port);
    const second = await prepareExchange(directory, 'en', undefined);
    expect(second.port).not.toBe(first.port);
    expect(second.demo.password).toBe(first.demo.password);
  });

  it('does not move away from a port that the user has asked for', async () => {
    const port = await take(0);
    await expect(prepareExchange(directory, 'en', String(port))).rejects.toBeInstanceOf(PortTaken);
    expect(existsSync(path.join(directory, 'exchange', 'pbx.jsonc'))).toBe(false);
  });

  it('says which line of a spoilt configuration is wrong, and leaves it alone', async () => {
    const { configurationFile } = await prepareExchange(directory, 'en', undefined);
    writeFileSync(configurationFile, '{\n  "users": {},\n  "lisen": {}\n}\n');
    await expect(prepareExchange(directory, 'en', undefined)).rejects.toThrow(/pbx\.jsonc: .*line 3.*lisen/);
    expect(readFileSync(configurationFile, 'utf8')).toContain('lisen');
  });
});

describe('a free port', () => {
  it('is the first wished one that nobody has', async () => {
    const taken = await take(0);
    const free = await freePort();
    expect(await isFree(taken)).toBe(false);
    expect(await freePort(taken, free)).toBe(free);
  });
});
