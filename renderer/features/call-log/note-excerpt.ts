/** As much of a note as one line has room for, in characters. */
const longest = 120;
/** A hit this near to the beginning is seen anyway. */
const inSight = 12;

/** The part of a note for one line: from its beginning, or from where it says what is looked for. */
export function noteExcerpt(note: string, looked = ''): string {
  const at = firstHit(note, looked);
  const part = at > inSight ? `… ${note.slice(at, at + longest)}` : note.slice(0, longest);
  return part.replace(/\s+/g, ' ');
}

/** Where the first of these words begins a word of the note, as the search of the agent finds it; 0 where none does. */
function firstHit(note: string, looked: string): number {
  const words = looked.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length === 0) return 0;
  const either = words.map((word) => word.replace(/[её]/giu, '[её]')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${either})`, 'iu').exec(note)?.index ?? 0;
}
