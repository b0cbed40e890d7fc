import { afterEach, beforeEach, expect, it } from 'vitest';
import { WorkerPeopleBuilder } from '#core/contacts/building/worker-people-builder.ts';
import type { PeopleImage } from '#core/contacts/matching/people-image.ts';
import { SharedPeopleImage } from '#core/contacts/matching/shared-people-image.ts';
import { openPeopleDesk, type PeopleDesk } from '#core/contacts/people/people-desk.test-support.ts';

const certain = (key: string) => ({ key, confidence: 'certain' as const });
let desk: PeopleDesk;
let images: PeopleImage[];
beforeEach(async () => {
  desk = openPeopleDesk();
  images = [];
  await desk.addDirectories();
  await desk.put(
    { directory: 'excel', key: '1', name: 'Иван Петров', numbers: ['+79161234567'] },
    { directory: 'ldap', key: '2', name: 'Петров И.', numbers: ['+79161234567', '+79037654321'] },
  );
});
afterEach(() => desk.close());

const builder = (database = desk.file) =>
  new WorkerPeopleBuilder({
    database,
    workerEntry: new URL('../../core/composition/people-worker.ts', import.meta.url),
    openImage: (buffer) => new SharedPeopleImage(buffer),
  });
const keep = (image: PeopleImage) => void images.push(image);

it(
  'loads people as they were merged last, merges them anew, and writes whose the numbers are',
  { timeout: 30_000 },
  async () => {
    const people = builder();
    await people.build('load', keep);
    await people.build('merge', keep);
    await people.build('mend', keep);
    expect(images.map(({ total }) => total)).toEqual([2, 1]);
    expect(images.map((image) => image.match(certain('+79037654321')).length)).toEqual([1, 1]);
    expect(images.every(({ version }, index) => version === index + 1)).toBe(true);
    const rows = await desk.database.query(
      'SELECT party_key, name FROM person_number JOIN person ON id = person_id ORDER BY 1',
    );
    expect(rows).toEqual(['+79037654321', '+79161234567'].map((key) => ({ party_key: key, name: 'Иван Петров' })));
  },
);

it('says what is wrong with the file, and ends when it is told to', { timeout: 30_000 }, async () => {
  await expect(builder(`${desk.file}-not-there`).build('merge', keep)).rejects.toMatchObject({ code: /^storage\./ });
  const people = builder();
  const under = people.build('merge', keep).catch((error: { code: string }) => error.code);
  await people.stop();
  expect([undefined, 'storage.failed']).toContain(await under);
});
