import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { callId } from './calls.ts';
import { lineId } from './lines.ts';

/** Where the wish to dial came from. `link`: a `tel:`, `callto:` or `sip:` link; `program`: one that is paired. */
export const dialSource = z.enum(['link', 'selection', 'clipboard', 'program', 'browser', 'command-line', 'sheet']);
export type DialSource = z.infer<typeof dialSource>;

/** What makes a number one to think about. `unusual`: not of this country and not of a country dialled before. */
export const dialWarning = z.enum(['premium', 'international', 'satellite', 'short-code', 'feature-code', 'unusual']);
export type DialWarning = z.infer<typeof dialWarning>;

/** One number that would be dialled. */
export const dialCandidate = z.object({
  /** Dials exactly this when given to `calls.place`. */
  text: z.string(),
  /** As it stood in the link or the text. */
  written: z.string(),
  display: z.string(),
  extension: z.string().nullable(),
  /** Short names of the dial rules that applied; see `dialPreview`. */
  rules: z.array(z.string()),
  emergency: z.boolean(),
  warnings: z.array(dialWarning),
  /** Who it is by the directories; empty for nobody. */
  name: z.string(),
  /** Why it is not dialled at all; null where it may be. */
  refusal: errorReport.nullable(),
});
export type DialCandidate = z.infer<typeof dialCandidate>;

/** The program that asked. `id` is its path, or `program:<id>` of one that is paired; null where nobody knows. */
export const dialOrigin = z.object({ id: z.string().max(1000).nullable(), name: z.string().max(200) });
export type DialOrigin = z.infer<typeof dialOrigin>;

/** A wish to dial that waits for the user's word. */
export const dialRequest = z.object({
  id: z.string(),
  source: dialSource,
  origin: dialOrigin.nullable(),
  /** Whether the program can be trusted: it is known, and no web browser. */
  canTrust: z.boolean(),
  /** At least one; the first is chosen. */
  candidates: z.array(dialCandidate).min(1).max(50),
  /** Unix ms. */
  requestedAt: z.number(),
});
export type DialRequest = z.infer<typeof dialRequest>;

export const dialOutcome = z.object({
  /** Of the call, where nothing had to be asked. */
  callId: callId.nullable(),
  /** Of the request that waits on the screen. */
  requestId: z.string().nullable(),
});
export type DialOutcome = z.infer<typeof dialOutcome>;

export const dialRequestCommands = {
  'dialRequests.list': { args: z.object({}), result: z.array(dialRequest) },
  /**
   * A link, or a text with numbers in it, from outside. Dials at once or asks, by the rules. Rejects with
   * `dial.no-number`, `dial.refused-*`, `number.*`, `line.*`.
   */
  'dialRequests.open': {
    args: z.object({
      source: dialSource,
      text: z.string().max(20_000),
      origin: dialOrigin.nullable().default(null),
      /** The line to dial on; the default one when it is left out or null. */
      lineId: lineId.nullable().optional(),
    }),
    result: dialOutcome,
  },
  /** `trust`: what this program asks for is dialled at once from now on. Rejects with `dial.request-gone`. */
  'dialRequests.dial': {
    args: z.object({ requestId: z.string(), index: z.int().min(0).max(49), trust: z.boolean().default(false) }),
    result: z.object({ callId }),
  },
  'dialRequests.dismiss': { args: z.object({ requestId: z.string() }), result: z.object({}) },
  /** Programs whose links are dialled at once. */
  'dialRequests.trusted': { args: z.object({}), result: z.array(dialOrigin) },
  'dialRequests.distrust': { args: z.object({ originId: z.string().max(1000) }), result: z.object({}) },
  /** Which kinds of links open Offhook on this computer, and whether Offhook can take them. */
  'links.status': {
    args: z.object({}),
    result: z.object({
      supported: z.boolean(),
      schemes: z.array(z.object({ scheme: z.enum(['tel', 'callto', 'sip']), ours: z.boolean(), owner: z.string() })),
    }),
  },
  /** Makes Offhook the program for these links, or gives them back. `settings`: the system's own page was opened. */
  'links.register': {
    args: z.object({ register: z.boolean() }),
    result: z.object({ done: z.enum(['registered', 'removed', 'settings']) }),
  },
};

export const dialRequestEvents = {
  'dialRequests.changed': z.object({ requests: z.array(dialRequest) }),
};
