import type { MergedPerson } from '../merging/merged-person.ts';
import { MemoryPeopleImage } from './memory-people-image.ts';
import type { PeopleImage } from './people-image.ts';

interface Plain {
  persons: readonly MergedPerson[];
  given: { version: number; directoryIds: readonly string[] };
}

/** Everybody as JSON in shared memory. */
export function buildPeopleImage(persons: Iterable<MergedPerson>, given: Plain['given']): SharedArrayBuffer {
  const bytes = new TextEncoder().encode(JSON.stringify({ persons: [...persons], given } satisfies Plain));
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

export function openPeopleImage(buffer: SharedArrayBuffer): PeopleImage {
  const { persons, given } = JSON.parse(Buffer.from(buffer).toString()) as Plain;
  return new MemoryPeopleImage(persons, given);
}
