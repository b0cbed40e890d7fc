import { expect, it } from 'vitest';
import { WritePace } from './write-pace.ts';

it('leaves the database to the records of a call that is up, and goes on in larger slices when there is none', () => {
  const agents = new WritePace();
  const workers = new WritePace(agents.shared);
  const alone = workers.slice;
  agents.setCallsUp(1);
  expect(workers.slice.hold).toBeLessThan(5);
  expect(workers.slice.pause).toBeGreaterThan(0);
  agents.setCallsUp(0);
  expect(workers.slice).toEqual(alone);
  expect(alone.hold).toBeGreaterThan(5);
});
