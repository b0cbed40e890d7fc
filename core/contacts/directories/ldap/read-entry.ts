import type { ErrorReport } from '#contract/errors.ts';
import type { LdapAttributes } from '#contract/ipc/index.ts';
import { photoType } from '../photo-type.ts';
import { sourceEntry, type EntryPhoto, type SourceEntry } from '../source-entry.ts';
import { entryKey } from './entry-key.ts';
import type { RawEntry } from './raw-entry.ts';

/** What one human can have; an entry of thousands would keep everybody else waiting. */
const mostNumbers = 100;
/** In bytes. */
const largestPhoto = 2 * 1024 * 1024;

export interface ReadEntry {
  entry: SourceEntry;
  /** What of it could not be taken. */
  problems: ErrorReport[];
}

/** Every attribute that the map names, for asking the server. */
export function askedAttributes(map: LdapAttributes): string[] {
  const { id, numbers, shown, ...fields } = map;
  const names = [id, ...Object.values(fields).flat(), ...[...numbers, ...shown].map((each) => each.attribute)];
  return [...new Map(names.filter((name) => name !== '').map((name) => [name.toLowerCase(), name])).values()];
}

export function readEntry(raw: RawEntry, map: LdapAttributes): ReadEntry {
  const first = (names: readonly string[]) =>
    names.map((name) => raw.texts(name)[0]).find((text) => text !== undefined);
  const bothNames = [first(map.givenName), first(map.familyName)].filter((part) => part !== undefined).join(' ');
  const pictures = map.photo.flatMap((name) => raw.values(name).map((bytes) => ({ name, bytes })));
  const photo = pictures[0] ? takePhoto(raw, pictures[0]) : { photo: null, problems: [] };
  return {
    entry: sourceEntry({
      key: entryKey(raw, map.id),
      name: first(map.name) ?? bothNames,
      firm: first(map.firm) ?? '',
      role: first(map.role) ?? '',
      department: first(map.department) ?? '',
      numbers: readNumbers(raw, map),
      emails: [
        ...new Set(
          map.email
            .flatMap((name) => raw.texts(name))
            .map(address)
            .filter((text) => text !== ''),
        ),
      ],
      note: first(map.note) ?? '',
      fields: map.shown
        .map(({ attribute, name }) => ({ name, value: raw.texts(attribute).join(', ') }))
        .filter((field) => field.value !== ''),
      photo: photo.photo,
      place: raw.dn,
    }),
    problems: [...tooLarge(raw, map), ...photo.problems],
  };
}

function readNumbers(raw: RawEntry, map: LdapAttributes): SourceEntry['numbers'] {
  const labels = new Map<string, string>();
  for (const { attribute, label } of map.numbers)
    for (const text of raw.texts(attribute)) labels.set(text, labels.get(text) ?? label);
  return [...labels].slice(0, mostNumbers).map(([text, label]) => ({ text, label }));
}

/** Active Directory's `proxyAddresses` are written `SMTP:name@example.org`, beside addresses of other kinds. */
function address(text: string): string {
  const [, kind, rest = ''] = /^([a-z0-9]+):(.*)$/i.exec(text) ?? [null, 'smtp', text];
  return kind?.toLowerCase() === 'smtp' ? rest : '';
}

function takePhoto(
  raw: RawEntry,
  { name, bytes }: { name: string; bytes: Buffer },
): { photo: EntryPhoto | null; problems: ErrorReport[] } {
  if (bytes.length === 0) return { photo: null, problems: [] };
  if (bytes.length > largestPhoto) return { photo: null, problems: [partTooLarge(raw, name)] };
  const type = photoType(bytes);
  // A copy of its own: the bytes lie in what the socket read, together with everything else.
  if (type) return { photo: { type, bytes: Uint8Array.from(bytes) }, problems: [] };
  return { photo: null, problems: [{ code: 'entry.photo-unreadable', values: { place: raw.dn }, detail: name }] };
}

function tooLarge(raw: RawEntry, map: LdapAttributes): ErrorReport[] {
  const long = askedAttributes({ ...map, photo: [] }).filter((name) => raw.hasLongText(name));
  return [...raw.oversized, ...long].map((name) => partTooLarge(raw, name));
}

function partTooLarge(raw: RawEntry, attribute: string): ErrorReport {
  return { code: 'entry.too-large', values: { place: `${raw.dn} (${attribute})` }, detail: null };
}
