import type { MergedPerson } from '../merging/merged-person.ts';

/** Whoever asks by the handle of an entry that is gone finds the person too: it is listed beside the entry that stands for it. */
export function* withAliases(
  persons: Iterable<MergedPerson>,
  aliases: ReadonlyMap<string, string>,
): Generator<MergedPerson> {
  const gone = new Map<string, string[]>();
  for (const [handle, other] of aliases) gone.set(other, [...(gone.get(other) ?? []), handle]);
  for (const person of persons) {
    const more = person.entries.flatMap(({ handle, directoryId }) =>
      (gone.get(handle) ?? []).map((alias) => ({ handle: alias, directoryId })),
    );
    yield more.length === 0 ? person : { ...person, entries: [...person.entries, ...more] };
  }
}
