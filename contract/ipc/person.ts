import { z } from 'zod';
import { directoryKind } from './directories.ts';

export const partyKey = z.string().min(1).max(256);
/** Of any entry of the person; stays valid when entries are merged or taken apart. */
export const personId = z.string().min(1).max(64);
/** Of one entry of one directory, the same after every refresh. */
export const entryHandle = z.string().min(1).max(64);

/**
 * `mobile`, `work`, `home`, `main`, `internal`, `fax`, `assistant` and `other` are said in the window's language; any
 * other text is the source's own word, e.g. the heading of a column.
 */
export const numberLabel = z.string().max(60);

export const personNumber = z.object({
  /** As `partyKey` of a call's record. */
  partyKey,
  /** What to dial: the normal form, with the extension behind it. */
  dial: z.string(),
  display: z.string(),
  extension: z.string().nullable(),
  label: numberLabel,
  /** Directories that have it, in the user's order. */
  directoryIds: z.array(z.string()),
});
export type PersonNumber = z.infer<typeof personNumber>;

/** A person in one line of a list. */
export const listedPerson = z.object({
  id: personId,
  name: z.string(),
  firm: z.string(),
  role: z.string(),
  department: z.string(),
  /** Name of the photo, for `people.photo`; null for none. */
  photo: z.string().nullable(),
  /** The first of the numbers. */
  number: personNumber.pick({ partyKey: true, dial: true, display: true, extension: true }).nullable(),
  numberCount: z.int(),
  directoryIds: z.array(z.string()),
});
export type ListedPerson = z.infer<typeof listedPerson>;

/** One directory's entry of a person. */
export const personEntry = z.object({
  handle: entryHandle,
  directoryId: z.string(),
  directoryLabel: z.string(),
  kind: directoryKind,
  name: z.string(),
  firm: z.string(),
  /** Where it lies in its source, e.g. `Клиенты.xlsx › Лист1!17`. */
  place: z.string(),
  canOpen: z.boolean(),
  /** Offhook's own: may be changed here. */
  editable: z.boolean(),
  /**
   * What the user chose to see beside the known fields, e.g. columns of a sheet. Of cards the names are `address`,
   * `birthday` (`1980-01-31`, or `01-31` without a year) and `categories`, which the window says in its language.
   */
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type PersonEntry = z.infer<typeof personEntry>;

/** Why two entries are one person: a rule and what they share, or the user's word. */
export const mergeReason = z.object({
  rule: z.enum(['number', 'email', 'name', 'pinned']),
  /** e.g. the number or the e-mail address; empty for the user's word. */
  value: z.string(),
  handles: z.tuple([entryHandle, entryHandle]),
});
export type MergeReason = z.infer<typeof mergeReason>;

/** The user's word on two entries: the same person (`together`) or not (`apart`), whatever the rules say. */
export const mergePin = z.object({
  id: z.int(),
  kind: z.enum(['together', 'apart']),
  handles: z.tuple([entryHandle, entryHandle]),
  /** Names of the two entries as known now. */
  names: z.tuple([z.string(), z.string()]),
});
export type MergePin = z.infer<typeof mergePin>;

export const personDetail = listedPerson.extend({
  numbers: z.array(personNumber),
  emails: z.array(z.string()),
  /** Addresses of web pages, http and https only. */
  links: z.array(z.string()),
  notes: z.array(z.object({ directoryId: z.string(), text: z.string() })),
  /** In the user's order of directories. */
  entries: z.array(personEntry),
  reasons: z.array(mergeReason),
  pins: z.array(mergePin),
});
export type PersonDetail = z.infer<typeof personDetail>;

/**
 * How sure it is that the number is theirs. `certain`: the same whole public number; `local`: the same number by the
 * rules of this office (its own short numbers, its area code); `likely`: the last ten digits are the same; `possible`:
 * fewer are, or nobody can say which country it is of.
 */
export const matchConfidence = z.enum(['certain', 'local', 'likely', 'possible']);
export type MatchConfidence = z.infer<typeof matchConfidence>;

/** Who a number seems to be, at a glance. */
export const partyMatch = z.object({
  confidence: matchConfidence,
  person: listedPerson.pick({ id: true, name: true, firm: true, role: true, photo: true }),
  /** Of the number that matched. */
  label: numberLabel,
  /** How many other persons it may be. */
  others: z.int(),
});
export type PartyMatch = z.infer<typeof partyMatch>;
