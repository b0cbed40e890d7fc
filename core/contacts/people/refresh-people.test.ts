import { beforeEach, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import type { BuildingMode, PeopleBuilder } from '../building/people-builder.ts';
import { noPeopleImage } from '../matching/no-people-image.ts';
import type { PeopleImage } from '../matching/people-image.ts';
import { RefreshPeople } from './refresh-people.ts';

/** Builds when the test says so. */
class HeldBuilder implements PeopleBuilder {
  readonly modes: BuildingMode[] = [];
  cuts = 0;
  image: () => void = () => {};
  end: (error?: OffhookError) => void = () => {};

  build(mode: BuildingMode, onImage: (image: PeopleImage) => void): Promise<number> {
    this.modes.push(mode);
    this.image = () => onImage(noPeopleImage);
    return new Promise((resolve, reject) => (this.end = (error) => (error ? reject(error) : resolve(0))));
  }

  cut(): void {
    this.cuts += 1;
  }

  async stop(): Promise<void> {
    this.end(new OffhookError('storage.failed'));
  }
}

let clock: FakeClock;
let builder: HeldBuilder;
let changes: number;
let images: number[];
let refresh: RefreshPeople;
beforeEach(() => {
  clock = new FakeClock();
  builder = new HeldBuilder();
  changes = 0;
  images = [];
  refresh = new RefreshPeople({
    ...{ builder, clock, logger: silentLogger },
    changes: () => changes,
    onImage: (_image, contained) => images.push(contained),
    onSettled: () => {},
  });
});

it('makes one image of several changes, and says how many of them it contains', async () => {
  changes = 3;
  for (let index = 0; index < 5; index += 1) refresh.request();
  expect(builder.modes).toEqual([]);
  clock.advance(200);
  changes = 4;
  builder.image();
  builder.end();
  await refresh.settled();
  expect([builder.modes, images]).toEqual([['merge'], [3]]);
});

it('has what is still to be written left to the next image, where there are changes meanwhile', async () => {
  refresh.request();
  clock.advance(200);
  builder.image();
  refresh.request();
  clock.advance(200);
  expect([builder.cuts, builder.modes.length]).toEqual([1, 1]);
  builder.end();
  await expect.poll(() => builder.modes).toEqual(['merge', 'merge']);
  builder.end();
  await refresh.settled();
});

it('mends some time after the start, unless everybody was merged before', async () => {
  const loaded = refresh.load();
  builder.end();
  await loaded;
  clock.advance(2000);
  expect(builder.modes).toEqual(['load']);
  refresh.request();
  clock.advance(200);
  builder.end();
  await refresh.settled();
  clock.advance(60_000);
  expect(builder.modes).toEqual(['load', 'merge']);
});

it('tries again by itself what the disk denied, and merges everybody where nobody could be loaded', async () => {
  const loaded = refresh.load();
  builder.end(new OffhookError('storage.failed'));
  await loaded;
  clock.advance(10_000);
  clock.advance(200);
  expect(builder.modes).toEqual(['load', 'merge']);
  builder.end(new OffhookError('storage.full'));
  await refresh.settled();
  clock.advance(60_000);
  clock.advance(200);
  expect(builder.modes).toEqual(['load', 'merge', 'merge']);
  builder.end();
  await refresh.settled();
  clock.advance(600_000);
  expect(builder.modes).toHaveLength(3);
});

it('begins nothing between letting go of the file and loading it again', async () => {
  refresh.request();
  clock.advance(200);
  await refresh.release();
  refresh.request();
  clock.advance(600_000);
  await refresh.settled();
  expect(builder.modes).toEqual(['merge']);
  const loaded = refresh.load();
  builder.end();
  await loaded;
  refresh.request();
  clock.advance(200);
  expect(builder.modes).toEqual(['merge', 'load', 'merge']);
  await refresh.stop();
});

it('keeps the last image where a new one cannot be made, and tries again with the next change', async () => {
  refresh.request();
  clock.advance(200);
  builder.end(new OffhookError('storage.full'));
  await refresh.settled();
  refresh.request();
  clock.advance(200);
  expect(builder.modes).toEqual(['merge', 'merge']);
  await refresh.stop();
  refresh.request();
  clock.advance(1000);
  expect(builder.modes).toHaveLength(2);
});
