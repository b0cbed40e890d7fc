import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { ask } from '#core/office/local-api/api-desk.test-support.ts';
import { ShellProcess } from '#test/support/shell-process.ts';
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
