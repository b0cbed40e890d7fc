import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { cursorOf } from '../cursor-of.ts';

const common = { version: z.literal(1), of: z.string() };

const ldapCursor = z.discriminatedUnion('kind', [
  /** A count of changes at one server. `sweptAt`: when it was last compared as a whole, Unix ms by this computer. */
  z.object({
    ...common,
    kind: z.literal('usn'),
    usn: z.string().regex(/^\d{1,20}$/),
    server: z.string(),
    invocation: z.string(),
    sweptAt: z.number(),
  }),
  /** Times of changes, by the server's clock: `latest` in Unix ms. `seen`: see `SeenVersions`. */
  z.object({ ...common, kind: z.literal('time'), latest: z.number(), seen: z.string() }),
]);
export type LdapCursor = z.infer<typeof ldapCursor>;
export type UsnCursor = Extract<LdapCursor, { kind: 'usn' }>;
export type TimeCursor = Extract<LdapCursor, { kind: 'time' }>;

/** Stands for all of a configuration on which the content of the entries depends. */
export function configurationHash(config: DirectoryConfigOf<'ldap'>): string {
  const { host, port, base, filter, filterBase, attributes, bindName } = config;
  const parts = JSON.stringify([host, port, base, filter, filterBase, attributes, bindName]);
  return createHash('sha256').update(parts).digest('base64url').slice(0, 22);
}

/** Null for anything but a cursor of this version and configuration. */
export function readCursor(text: string | null, of: string): LdapCursor | null {
  const cursor = cursorOf(ldapCursor, text);
  return cursor?.of === of ? cursor : null;
}
