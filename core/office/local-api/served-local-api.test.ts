import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { LocalApiAccess } from './local-api.ts';
import { ask, openApiDesk, type ApiDesk } from './api-desk.test-support.ts';

let desk: ApiDesk | null = null;
let stranger: Server | null = null;

async function occupied(): Promise<number> {
  stranger = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger?.once('listening', resolve));
  return (stranger.address() as { port: number }).port;
}

const open = async (...given: Parameters<typeof openApiDesk>) => (desk = await openApiDesk(...given));
const problems = () => desk!.problems.list().map(({ id, error }) => [id, error.code, error.values]);

beforeEach(() => (stranger = null));
afterEach(async () => {
  await desk?.close();
  desk = null;
  const left = stranger;
  if (left) await new Promise((resolve) => left.close(resolve));
});

/** Resolves with what it tells next of where it is. */
const nextAccess = (api: ApiDesk['api']) =>
  new Promise<LocalApiAccess | null>((resolve) => {
    const listening = api.onAccess((access) => {
      listening.dispose();
      resolve(access);
    });
  });

describe('the local API of this user', () => {
  it('listens at the port of the settings', async () => {
    const port = await occupied();
    stranger!.close();
    stranger = null;
    const { api, ask: request } = await open({ forcedPort: null, settings: { localApiPort: port } });
    expect(api.access).toMatchObject({ port, securePort: null });
    expect(api.status()).toMatchObject({ enabled: true, port, problem: null });
    expect((await request('/v1/status')).status).toBe(200);
  });

  it('listens where a disk denies it who is paired, and knows them once that can be read', async () => {
    const { api, store, programs, port } = await open({ start: false });
    const program = { id: 'p-1', name: 'CRM', scopes: [], pairedAt: 0, lastUsedAt: null, tokenHash: '' };
    await store.add(program);
    vi.spyOn(store, 'programs').mockRejectedValueOnce(new OffhookError('storage.failed'));
    await api.start();
    expect([port() > 0, programs.list()]).toEqual([true, []]);
    vi.spyOn(store, 'programs').mockRejectedValueOnce(new OffhookError('storage.failed'));
    await expect(api.load()).rejects.toThrow('storage.failed');
    await api.load();
    expect(programs.list()).toMatchObject([{ name: 'CRM' }]);
    // Whom it knows it asks no disk for again.
    vi.spyOn(store, 'remove').mockRejectedValueOnce(new OffhookError('storage.failed'));
    await expect(api.revoke('p-1')).rejects.toThrow('storage.failed');
    await api.load();
    expect(programs.list()).toEqual([]);
  });

  it('takes another port where that one is not free, and says so until it is', async () => {
    const port = await occupied();
    const { api, settings } = await open({ forcedPort: null, settings: { localApiPort: port } });
    const other = api.access!.port;
    expect(other).not.toBe(port);
    expect(problems()).toEqual([['local-api', 'local-api.port-taken', { port, other }]]);
    expect(api.status().problem).toMatchObject({ code: 'local-api.port-taken' });
    const moved = nextAccess(api);
    await settings.set({ localApiPort: other });
    expect(await moved).toMatchObject({ port: other });
    expect(problems()).toEqual([]);
  });

  it('is off for other programs when the settings say so, at once and for those who listen', async () => {
    const { api, settings, secret, hub, pair } = await open();
    const { token } = await pair('CRM', ['calls:read']);
    const { port } = api.access!;
    const off = nextAccess(api);
    await settings.set({ localApi: 'off' });
    const own = (await off)!;
    expect(api.status()).toMatchObject({ enabled: false, port: null });
    expect(hub.count).toBe(0);
    await expect(ask(port, '/v1/status', { token })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    // Whoever looks for the port all the same is told nothing; Offhook's own command, and links with it, go on.
    for (const given of [{ token }, { token: null }, { token: 'x'.repeat(43) }]) {
      const refused = await ask(own.port, '/v1/status', given);
      expect([refused.status, refused.json]).toMatchObject([503, { error: { code: 'local-api.not-running' } }]);
    }
    expect((await ask(own.port, '/v1/status', { token: secret })).status).toBe(200);
    const on = nextAccess(api);
    await settings.set({ localApi: 'on' });
    expect((await ask((await on)!.port, '/v1/status', { token })).status).toBe(200);
  });

  it('stays where it is while other settings change', async () => {
    const { api, settings } = await open();
    const told: unknown[] = [];
    api.onAccess((access) => told.push(access));
    await settings.set({ theme: 'dark' });
    expect(told).toEqual([]);
  });

  it('answers nobody who calls it by the name of another port', async () => {
    const { port, secret } = await open();
    const answer = await ask(port(), '/v1/status', { token: secret, headers: { Host: `127.0.0.1:${port() + 1}` } });
    expect(answer.status).toBe(403);
  });

  it('lets Offhook in where the disk does not tell who is paired', async () => {
    const { store, api, ask: request } = await open();
    store.failure = new Error('damaged');
    await api.stop();
    await api.start();
    expect((await request('/v1/status')).status).toBe(200);
    store.failure = null;
  });

  it('leaves nothing to a program that is revoked, also not the trust to dial unasked', async () => {
    const { api, pair, distrusted } = await open();
    const { id } = await pair('CRM', ['calls:dial']);
    await api.revoke(id);
    expect(distrusted).toEqual([`program:${id}`]);
  });

  it('has loaded what answers other programs before they ask, and nothing where none ever did', async () => {
    const { api, pair, server } = await open();
    const prepared = vi.spyOn(server, 'prepare');
    await api.stop();
    await api.start();
    expect(prepared).not.toHaveBeenCalled();
    const { id } = await pair('CRM', ['calls:read']);
    await api.stop();
    await api.start();
    expect(prepared).toHaveBeenCalledOnce();
    // The command line is paired with nobody; what it did is in the trail.
    await api.revoke(id);
    await api.stop();
    await api.start();
    expect(prepared).toHaveBeenCalledTimes(2);
  });

  it('tells of programs that come and go, and keeps a trail of it', async () => {
    const { api, pair, pairing } = await open();
    const told: [number, number][] = [];
    api.onPrograms(({ programs, requests }) => told.push([programs.length, requests.length]));
    const { id } = await pair('CRM', ['calls:read']);
    pairing.begin('Other', ['calls:read'], 'test');
    api.refuse(api.requests()[0]!.id);
    await api.revoke(id);
    expect(told).toEqual([
      [0, 1],
      [1, 1],
      [1, 0],
      [1, 1],
      [1, 0],
      [0, 0],
    ]);
    const trail = await api.audit({ before: null, limit: 10, programId: null });
    expect(trail.map(({ action, programName, outcome }) => [action, programName, outcome])).toEqual([
      ['revoked', 'CRM', 'done'],
      ['pairing.begin', 'Other', 'refused'],
      ['paired', 'CRM', 'done'],
    ]);
    await expect(api.revoke(id)).rejects.toMatchObject({ code: 'program.unknown' });
  });
});
