import type { Dialable } from '#servers/pbx/plan/index.ts';
import type { PbxConfiguration, Secret } from './configuration.ts';

export type UserMedia = PbxConfiguration['users'][string]['media'];

/** Who and what can be dialled, and whose secret is what. */
export interface Directory {
  find(number: string): Dialable | null;
  secretOf(extension: string): Secret | null;
  nameOf(extension: string): string | null;
  mediaOf(extension: string): UserMedia;
}

export function createDirectory({ users, groups, services }: PbxConfiguration): Directory {
  // Maps, because a number from the network must never meet an object's own properties.
  const places = new Map<string, Dialable>();
  for (const [extension, { maximumCalls, ringFor, ifNotAnswered }] of Object.entries(users))
    places.set(extension, { kind: 'user', extension, maximumCalls, ringFor, ifNotAnswered });
  for (const [number, group] of Object.entries(groups)) places.set(number, { kind: 'group', number, ...group });
  for (const [number, service] of Object.entries(services)) places.set(number, { kind: 'service', number, service });
  const byExtension = new Map(Object.entries(users));
  return {
    find: (number) => places.get(number) ?? null,
    secretOf: (extension) => byExtension.get(extension)?.secret ?? null,
    nameOf: (extension) => byExtension.get(extension)?.name ?? null,
    mediaOf: (extension) => byExtension.get(extension)?.media ?? 'auto',
  };
}
