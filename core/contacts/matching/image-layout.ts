/** `OHPI` and the number of the layout: an image of another build is no image. */
const magic = 0x4f485049;
const layoutVersion = 1;
const headerWords = 40;

/** Parts of an image, in their order. All but the texts are columns of 32-bit words. The drawing is in ADR 15. */
export const sections = [
  'text',
  'keys',
  'persons',
  'numbers',
  'numberGroups',
  'groupTails',
  'groupKeys',
  'groupOwners',
  'owners',
  'handleHashes',
  'handles',
  'directories',
  'directorySets',
  'listStarts',
  'listPlaces',
] as const;
export type Section = (typeof sections)[number];
export type Columns = Record<Exclude<Section, 'text' | 'keys'>, Uint32Array>;

/** Words of one person. All up to `searched` are places of texts; a last record closes the row of numbers. */
export const personWord = {
  ...{ name: 0, firm: 1, role: 2, department: 3, photo: 4, id: 5, searched: 6 },
  ...{ directories: 7, firstNumber: 8 },
} as const;
export const personWords = 9;
/** Words of one number of one person; `own` is the normal form where it is another than the key. */
export const numberWord = { person: 0, label: 1, extension: 2, own: 3, origin: 4 } as const;
export const numberWords = 5;
/** Words of one handle: its text, its person. */
export const handleWords = 2;

/** In the order of `sameKey` gradings: the surest first. */
export const confidences = ['certain', 'local', 'weak'] as const;

export interface ImageParts extends Columns {
  version: number;
  text: Uint8Array;
  keys: Uint8Array;
}

function headerSum(words: Uint32Array): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < headerWords - 1; index += 1) sum = Math.imul(sum ^ words[index]!, 0x01000193);
  return sum >>> 0;
}

const aligned = (bytes: number) => (bytes + 3) & ~3;

export function packImage(parts: ImageParts): SharedArrayBuffer {
  const sizes = sections.map((section) => aligned(parts[section].byteLength));
  const total = sizes.reduce((sum, size) => sum + size, headerWords * 4);
  const buffer = new SharedArrayBuffer(total);
  const header = new Uint32Array(buffer, 0, headerWords);
  header.set([magic, layoutVersion, total, parts.version >>> 0, Math.floor(parts.version / 2 ** 32)]);
  let at = headerWords * 4;
  sections.forEach((section, index) => {
    const part = parts[section];
    new Uint8Array(buffer, at, part.byteLength).set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    header.set([at, part.byteLength], 5 + index * 2);
    at += sizes[index]!;
  });
  header[headerWords - 1] = headerSum(header);
  return buffer;
}

/** @throws Error for a buffer that holds no whole image of this layout */
export function openImage(buffer: SharedArrayBuffer): ImageParts {
  if (!(buffer instanceof SharedArrayBuffer) || buffer.byteLength < headerWords * 4)
    throw new Error('this is no image of people');
  const header = new Uint32Array(buffer, 0, headerWords);
  const [first, layout, total, low = 0, high = 0] = header;
  const whole = first === magic && layout === layoutVersion && total === buffer.byteLength;
  if (!whole || header[headerWords - 1] !== headerSum(header)) throw new Error('this is no image of people');
  const bytes = (section: Section): [number, number] => {
    const index = 5 + sections.indexOf(section) * 2;
    return [header[index]!, header[index + 1]!];
  };
  const words = (section: Section) => {
    const [at, length] = bytes(section);
    return new Uint32Array(buffer, at, length / 4);
  };
  const [text, keys, ...columns] = sections;
  return {
    ...(Object.fromEntries(columns.map((section) => [section, words(section)])) as Columns),
    version: low + high * 2 ** 32,
    text: new Uint8Array(buffer, ...bytes(text)),
    keys: new Uint8Array(buffer, ...bytes(keys)),
  };
}
