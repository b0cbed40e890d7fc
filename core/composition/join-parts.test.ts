import { expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { joinParts } from './join-parts.ts';
import { idlePart, type OfficePart } from './office-options.ts';

it('starts, reads anew and ends all the others where a disk denies it to one of them', async () => {
  const done: string[] = [];
  const denied = () => Promise.reject(new OffhookError('storage.read-only'));
  const part = (name: string): OfficePart => ({
    start: async () => void done.push(`start ${name}`),
    reload: async () => void done.push(`reload ${name}`),
    stop: async () => void done.push(`stop ${name}`),
  });
  const sheets = { start: denied, reload: denied, stop: denied };
  const office = joinParts({ idle: idlePart, links: part('links'), sheets, localApi: part('api') }, silentLogger);
  for (const step of ['start', 'reload', 'stop'] as const) await office[step]();
  expect(done).toEqual(['start links', 'start api', 'reload links', 'reload api', 'stop links', 'stop api']);
});
