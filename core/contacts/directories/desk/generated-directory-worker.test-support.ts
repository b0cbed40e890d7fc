import { setTimeout } from 'node:timers/promises';
import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import type { DirectorySource } from '../directory-source.ts';
import { serveDirectoryWork } from '../intake/serve-directory-work.ts';
import { sourceEntry } from '../source-entry.ts';

function generated(index: number) {
  const digits = String(1_000_000 + ((index * 7919) % 9_000_000));
  const written = `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
  const numbers = [
    { text: `8 (495) ${written}`, label: 'work' },
    { text: `+7916${digits}`, label: 'mobile' },
  ];
  return sourceEntry({ key: `row-${index}`, name: `Иванов ${index}`, numbers, place: `А!${index}` });
}

/**
 * `count:how`. `put`: that many entries, 100 at a time; `hang`: waits for ever after them; `stop`: fails after them;
 * `token`: renews its secret.
 */
async function open(config: DirectoryConfig): Promise<DirectorySource> {
  const [count = '0', how = 'put'] = (config.kind === 'vcard' ? config.path : '').split(':');
  return {
    preview: async () => ({ tables: [], count: Number(count), parts: [] }),
    refresh: async (reading) => {
      for (let from = 0; from < Number(count); from += 100) {
        await reading.put(Array.from({ length: 100 }, (_, index) => generated(from + index)));
        reading.progress(from + 100, Number(count));
      }
      if (how === 'token') reading.keepSecret(`${reading.secret} renewed`);
      if (how === 'stop') throw new OffhookError('directory.timed-out');
      while (how === 'hang') await setTimeout(60_000);
      return { kind: 'complete', cursor: 'end' };
    },
  };
}

/** Entry of a directory worker whose sources are made up. */
serveDirectoryWork(open);
