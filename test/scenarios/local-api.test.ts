import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ask } from '#core/office/local-api/api-desk.test-support.ts';
import { SipStub } from '#test/bench/sip-stub.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { ShellProcess } from '#test/support/shell-process.ts';
import { tollFraud } from '#test/support/raw-attacks.ts';
import { openStage } from '#test/support/stage.ts';
import { until } from '#test/support/until.ts';

interface Announced {
  info: { api?: { port: number; secret: string } };
}

test('the bundled agent serves the API, and says where in a file for its user alone', async () => {
  const stage = openStage();
  const directory = stage.folder('shell');
  await stage.enter(new ShellProcess({ directory, demo: null }));
  const file = path.join(directory, 'data', 'agent.json');
  const api = await until('the API is announced', () => (JSON.parse(readFileSync(file, 'utf8')) as Announced).info.api);
  expect(statSync(file).mode & 0o077).toBe(0);
  const status = await ask(api.port, '/v1/status', { token: api.secret });
  expect(status.json).toEqual({ version: '0.0.0-test', registered: false, calls: 0 });
  const document = await ask(api.port, '/openapi.json');
  expect(document.json).toMatchObject({ openapi: '3.1.0', info: { version: '0.0.0-test' } });
  expect((await ask(api.port, '/v1/lines')).status).toBe(401);
});

test('settings switch it off and on while the agent runs', async () => {
  const stage = openStage();
  const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent'), localApi: true }));
  const { port, secret } = agent.api!;
  expect((await ask(port, '/v1/lines', { token: secret })).json).toEqual({ lines: [] });
  await agent.client.call('settings.set', { values: { localApi: 'off' } });
  await until('it is off', async () => (await agent.client.call('localApi.status', {})).port === null);
  await expect(ask(port, '/v1/lines', { token: secret })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await agent.client.call('settings.set', { values: { localApi: 'on' } });
  const again = await until('it is on', async () => (await agent.client.call('localApi.status', {})).port);
  expect((await ask(again, '/v1/lines', { token: secret })).status).toBe(200);
});

test('a program is paired in the window, and dials no link that costs without a click there', async () => {
  const stage = openStage();
  const stub = new SipStub();
  await stage.enter(stub);
  const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent'), localApi: true }));
  const { port } = agent.api!;
  await agent.registeredLine(
    { user: '1001', domain: 'office.invalid', serverHost: '127.0.0.1', serverPort: stub.port },
    'x',
  );
  const invited = stub
    .next('INVITE', ({ start }) => start.startsWith('INVITE '), 4000)
    .then(
      () => 'dialled',
      () => 'nothing dialled',
    );

  const begun = await ask(port, '/v1/pairing', {
    method: 'POST',
    body: { name: 'CRM', scopes: ['calls:dial', 'calls:read'] },
  });
  const { pairingId, code } = begun.json as { pairingId: string; code: string };
  const [request] = await agent.client.call('programs.requests', {});
  expect(request).toMatchObject({ name: 'CRM', code });
  await agent.client.call('programs.approve', { requestId: request!.id, scopes: ['calls:dial', 'calls:read'] });
  const { token } = (await ask(port, `/v1/pairing/${pairingId}`)).json as { token: string };

  for (const text of tollFraud) {
    const { status } = await ask(port, '/v1/dial-requests', { method: 'POST', token, body: { source: 'link', text } });
    expect([text, status]).not.toEqual([text, 201]);
  }
  expect((await ask(port, '/v1/calls', { token })).json).toEqual({ calls: [] });
  const trail = await agent.client.call('programs.audit', {});
  expect(trail.map(({ programName }) => programName)).toContain('CRM');
  await agent.client.call('programs.revoke', { programId: (await agent.client.call('programs.list', {}))[0]!.id });
  expect((await ask(port, '/v1/calls', { token })).status).toBe(401);
  expect(await invited).toBe('nothing dialled');
});

/** Only root can be somebody else for a moment, and only Linux tells who is at the other end. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? test : test.skip;
const nobody = 65_534;

asRoot('another user of this computer gets nothing, not even with the secret', async () => {
  const stage = openStage();
  const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent'), localApi: true }));
  const { port, secret } = agent.api!;
  const lines = [
    'GET /v1/status HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${secret}`,
    'Connection: close',
    '',
    '',
  ];
  const script = `exec 3<>/dev/tcp/127.0.0.1/${port}; printf '${lines.join('\\r\\n')}' >&3; cat <&3`;
  const run = (options: { uid?: number; gid?: number }) =>
    promisify(execFile)('/bin/bash', ['-c', script], { cwd: '/', ...options });
  expect((await run({})).stdout).toMatch(/^HTTP\/1\.1 200 /);
  const { stdout } = await run({ uid: nobody, gid: nobody });
  expect(stdout).toMatch(/^HTTP\/1\.1 403 /);
  expect(stdout).toContain('another system user');
});
