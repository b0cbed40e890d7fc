import { z } from 'zod';
import { loggedCall, personLink } from './call-log.ts';
import {
  entryHandle,
  listedPerson,
  matchConfidence,
  mergePin,
  numberLabel,
  partyKey,
  personDetail,
  personId,
} from './person.ts';

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

/** Everything that a card shows of a party. */
export const partyCard = z.object({
  partyKey: partyKey.nullable(),
  /** The best first, at most 20. Empty for somebody whom no directory knows. */
  matches: z.array(z.object({ confidence: matchConfidence, person: personDetail })),
  /** The last calls, with their notes; newest first, at most 5. */
  calls: z.array(loggedCall),
  /** Follow-ups that are not done, the soonest first. */
  followUps: z.array(loggedCall),
  /** Pages of the office about the party, placeholders filled in; http and https only. */
  pages: z.array(z.object({ label: z.string(), url: z.string() })),
});
export type PartyCard = z.infer<typeof partyCard>;

/** A contact of Offhook's own, as the user writes it. */
export const ownContact = z.object({
  name: z.string().trim().min(1).max(120),
  firm: z.string().trim().max(120).default(''),
  role: z.string().trim().max(120).default(''),
  department: z.string().trim().max(120).default(''),
  numbers: z.array(z.object({ text: z.string().trim().min(1).max(128), label: numberLabel })).max(30),
  emails: z.array(z.string().trim().min(3).max(254)).max(20).default([]),
  links: z.array(z.string().trim().max(1000)).max(20).default([]),
  note: z.string().max(10_000).default(''),
});
export type OwnContact = z.infer<typeof ownContact>;

export const peoplePage = z.object({
  total: z.int(),
  rows: z.array(listedPerson),
  /** Of the index that was asked; another one after `people.changed`. */
  version: z.int(),
});
export type PeoplePage = z.infer<typeof peoplePage>;

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
  /**
   * A stretch of the list: by name, or for a text the best first. Every word of the text is found anywhere in name, firm,
   * role, department, number or note, also when it was typed in the other keyboard layout.
   */
  'people.list': {
    args: z.object({
      text: z.string().max(200).default(''),
      directoryId: z.string().nullable().default(null),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    result: peoplePage,
  },
  /** Null for somebody who is not there any more. */
  'people.get': { args: z.object({ personId }), result: personDetail.nullable() },
  /** Bytes as base64. */
  'people.photo': {
    args: z.object({ photo: z.string().max(64) }),
    result: z
      .object({ type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']), data: z.string() })
      .nullable(),
  },
  /** By a party's key, by a number in any written form, or of a person. */
  'people.card': {
    args: z.union([z.object({ partyKey }), z.object({ number: z.string().max(256) }), z.object({ personId })]),
    result: partyCard,
  },
  /** Of several persons with the number, this one is meant from now on; null asks again. */
  'people.choose': { args: z.object({ partyKey, personId: personId.nullable() }), result: z.object({}) },
  /** Makes an own contact (`handle` null) or changes it. Rejects with `people.unknown`, `people.not-editable`. */
  'people.save': {
    args: z.object({ handle: entryHandle.nullable(), contact: ownContact }),
    result: z.object({ personId, handle: entryHandle }),
  },
  /**
   * Makes a contact in a directory that takes them from Offhook (classic Outlook, Microsoft 365), and reads that again.
   * `opened`: its own program shows it, and the user saves it there. Rejects with `people.not-editable`, `directory.*`.
   */
  'people.createIn': {
    args: z.object({ directoryId: z.string().min(1).max(64), contact: ownContact }),
    result: z.object({ opened: z.boolean() }),
  },
  /** An own contact as it was written. */
  'people.own': { args: z.object({ handle: entryHandle }), result: ownContact.nullable() },
  /** Deletes an own contact. */
  'people.remove': { args: z.object({ handle: entryHandle }), result: z.object({}) },
  /** The same person from now on, whatever the rules say. */
  'people.merge': { args: z.object({ personIds: z.array(personId).min(2).max(50) }), result: z.object({ personId }) },
  /** Takes an entry out of the person, and keeps it apart. */
  'people.separate': { args: z.object({ handle: entryHandle }), result: z.object({ personId }) },
  'people.pins': { args: z.object({}), result: z.array(mergePin) },
  /** Takes the user's word back: the rules decide again. */
  'people.unpin': { args: z.object({ pinIds: z.array(z.int()).min(1).max(500) }), result: z.object({}) },
  /**
   * Opens an entry where it lives. `url`: the window is to open the address; `opened`: the agent has done it.
   * Rejects with `people.cannot-open`.
   */
  'people.open': {
    args: z.object({ handle: entryHandle }),
    result: z.union([z.object({ url: z.string() }), z.object({ opened: z.literal(true) })]),
  },
};

export const peopleEvents = {
  'people.favouritesChanged': z.object({ favourites: z.array(favourite) }),
  /** A number got a name, or lost it. */
  'people.named': z.object({ partyKey, person: personLink.nullable() }),
  /** Anybody may be another than before: what is shown of people is asked for again. */
  'people.changed': z.object({ version: z.int(), total: z.int() }),
};
