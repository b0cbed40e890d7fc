// The agent in a process of its own, beside whose loop people are indexed, matched, listed and searched.
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout } from 'node:timers/promises';
import { createAgent } from '#core/composition-root.ts';
import { WorkerPeopleBuilder } from '#core/contacts/building/worker-people-builder.ts';
import { buildPeopleImage } from '#core/contacts/matching/image-builder.ts';
import { SharedPeopleImage } from '#core/contacts/matching/shared-people-image.ts';
import { WorkerPeopleSearch } from '#core/contacts/matching/worker-people-search.ts';
import { systemClock } from '#core/foundation/index.ts';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { inventedDirectories, inventPeople } from '#test/support/many-people.ts';
import { seeded } from '#test/support/seeded.ts';
import { percentile } from './measure.ts';
import type { PeopleBenchResult, PeopleBenchTask } from './people-bench-messages.ts';
import { peopleSearchTexts } from './people-search-texts.ts';
import { longestTurn } from './people-turns.ts';
import { proportionalSetSize } from './process-usage.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const [task = 'match', dataDirectory = '.', database = ''] = positionals as [PeopleBenchTask, string, string];
const directoryIds = inventedDirectories.map(({ id }) => id);
const dist = (name: string) => new URL(`../../dist/${name}.js`, import.meta.url);
const random = seeded(7);
const collect = (globalThis as { gc?: () => void }).gc;

async function timed(run: () => unknown): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

const builder = new WorkerPeopleBuilder({
  database,
  workerEntry: dist('people-worker'),
  openImage: (buffer) => new SharedPeopleImage(buffer),
});

/** The image as the people worker makes it of a merged database; resolves when that worker has ended, too. */
async function load(): Promise<{ image: SharedPeopleImage; taken: number }> {
  const from = performance.now();
  const made: { image: SharedPeopleImage; taken: number }[] = [];
  await builder.build('load', (image) => {
    image.match({ key: '+79161234567', confidence: 'certain' });
    made.push({ image: image as SharedPeopleImage, taken: performance.now() - from });
  });
  return made[0]!;
}

/** MB when nothing is given back any more; V8 keeps the pages of a thread that has ended for some ten seconds. */
async function settledSize(): Promise<number> {
  let smallest = Infinity;
  for (let unchanged = 0; unchanged < 60;) {
    collect?.();
    await setTimeout(250);
    const size = proportionalSetSize(process.pid);
    unchanged = size < smallest - 0.3 ? 0 : unchanged + 1;
    smallest = Math.min(smallest, size);
  }
  return smallest;
}

async function memory(): Promise<number[]> {
  const before = await settledSize();
  const { image } = await load();
  for (let place = 0; place < image.total; place += 1)
    for (const { partyKey } of image.numbers(place)) image.match({ key: partyKey, confidence: 'certain' });
  return [(await settledSize()) - before];
}

/** Known numbers, unknown ones, and ones that agree in their last seven digits only. */
async function matches(): Promise<number[]> {
  const image = new SharedPeopleImage(buildPeopleImage(inventPeople(500_000), { version: 1, directoryIds }));
  const taken: number[] = [];
  for (let round = 0; round < 30_000; round += 1) {
    const [first] = image.numbers(Math.floor(random() * image.total));
    const known = first?.partyKey ?? '+79161234567';
    const unknown = `+79${String(Math.floor(random() * 1e9)).padStart(9, '0')}`;
    const asked = round % 3 === 0 ? unknown : round % 3 === 1 ? known : known.slice(-7);
    const confidence = round % 3 === 2 ? 'weak' : 'certain';
    taken.push(await timed(() => image.match({ key: asked, confidence })));
  }
  return taken;
}

function openSearch(image: SharedPeopleImage): WorkerPeopleSearch {
  const search = new WorkerPeopleSearch({ workerEntry: dist('search-worker'), clock: systemClock });
  search.setImage(image.buffer);
  return search;
}

async function searches(image: SharedPeopleImage, search: WorkerPeopleSearch): Promise<number[]> {
  const taken: number[] = [];
  for (const text of peopleSearchTexts) {
    for (let length = 1; length <= text.length; length += 1) {
      taken.push(
        await timed(async () => {
          const query = { text: text.slice(0, length), directoryId: null, offset: 0, limit: 50 };
          const { places } = await search.find(query);
          places.forEach((place) => image.listed(place));
        }),
      );
    }
  }
  return taken;
}

async function run(): Promise<PeopleBenchResult> {
  if (task === 'match') return { taken: [percentile(await matches(), 0.99)], longestTurn: 0 };
  if (task === 'memory') return { taken: await memory(), longestTurn: 0 };
  if (task === 'load') {
    const taken: number[] = [];
    for (let round = 0; round < 10; round += 1) taken.push((await load()).taken);
    return { taken, longestTurn: 0 };
  }
  if (task === 'search') {
    const { image } = await load();
    const search = openSearch(image);
    const taken = await searches(image, search);
    await search.close();
    return { taken, longestTurn: 0 };
  }
  return { taken: [], longestTurn: await longestTurn(agent) };
}

const agentDirectory = path.join(dataDirectory, 'agent');
if (task === 'turn') {
  mkdirSync(agentDirectory, { mode: 0o700 });
  copyFileSync(database, path.join(agentDirectory, 'offhook.sqlite'));
}
const agent = await createAgent({
  dataDirectory: agentDirectory,
  shell: 'web',
  version: '0.0.0-bench',
  logger: createPinoLogger({ file: null, level: 'warn' }).logger,
  relayWorker: dist('relay-worker'),
  storageWorker: dist('storage-worker'),
  exportWorker: dist('export-worker'),
  directoryWorker: dist('directory-worker'),
  peopleWorker: dist('people-worker'),
  searchWorker: dist('search-worker'),
  sheetWorker: dist('sheet-worker'),
  demo: null,
  audio: 'synthetic',
});
const result = await run();
await agent.stop();
process.send!(result);
process.disconnect();
