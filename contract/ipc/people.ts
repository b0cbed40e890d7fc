import { z } from 'zod';
import { personLink } from './call-log.ts';

const partyKey = z.string().min(1).max(256);

/** A party kept at hand, with what to dial. */
export const favourite = z.object({
  partyKey,
  /** What to dial. */
  number: z.string(),
  display: z.string(),
  /** As known now; null shows the number. */
  name: z.string().nullable(),
});
export type Favourite = z.infer<typeof favourite>;

export const peopleCommands = {
  /** Says whose number it is: makes the person, or renames them. */
  'people.name': { args: z.object({ partyKey, name: z.string().trim().min(1).max(120) }), result: personLink },
  /** The number belongs to nobody that we know. */
  'people.forget': { args: z.object({ partyKey }), result: z.object({}) },
  /** In the user's order. */
  'people.favourites': { args: z.object({}), result: z.array(favourite) },
  'people.setFavourite': {
    args: z.object({ partyKey, number: z.string().max(256), display: z.string().max(256), favourite: z.boolean() }),
    result: z.object({}),
  },
  /** The whole list of keys, in the order wanted. */
  'people.sortFavourites': { args: z.object({ partyKeys: z.array(partyKey).max(500) }), result: z.object({}) },
};

export const peopleEvents = {
  'people.favouritesChanged': z.object({ favourites: z.array(favourite) }),
  /** A number got a name, or lost it. */
  'people.named': z.object({ partyKey, person: personLink.nullable() }),
};
