import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { scope } from '../local-api/scopes.ts';

export const programId = z.string().min(1).max(64);

/** A program that may use the local API. Its token is told to it once, and kept here as a hash. */
export const pairedProgram = z.object({
  id: programId,
  /** As it named itself; hostile text, for showing only. */
  name: z.string(),
  scopes: z.array(scope),
  /** Unix ms. */
  pairedAt: z.number(),
  lastUsedAt: z.number().nullable(),
});
export type PairedProgram = z.infer<typeof pairedProgram>;

/** A program that asks to be let in. */
export const pairingRequest = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  /** Six digits that the program shows as well: the user compares. */
  code: z.string(),
  /** Where it asks from, e.g. `127.0.0.1:50211`, or the origin of the pane. */
  from: z.string(),
  /** Unix ms. */
  requestedAt: z.number(),
  expiresAt: z.number(),
});
export type PairingRequest = z.infer<typeof pairingRequest>;

export const auditEntry = z.object({
  id: z.int(),
  /** Unix ms. */
  at: z.number(),
  /** Of the program; a refusal of nobody known has none. */
  programId: programId.nullable(),
  programName: z.string(),
  /** Operation, e.g. `calls.place`, or what was refused, e.g. `foreign Host`. */
  action: z.string(),
  /** What of: a number, a call, a person; never a secret. */
  subject: z.string(),
  outcome: z.enum(['done', 'asked', 'refused', 'failed']),
  /** How often the same came within a minute; repeated ones are one entry. */
  times: z.int(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const localApiStatus = z.object({
  enabled: z.boolean(),
  /** Of the loopback; null while it does not listen. */
  port: z.int().nullable(),
  securePort: z.int().nullable(),
  problem: errorReport.nullable(),
  /** `none`: not made yet; `made`: not trusted; `trusted`: the system's or the browser's store has it. */
  certificate: z.enum(['none', 'made', 'trusted']),
  /** Unix ms; null for no certificate. */
  certificateUntil: z.number().nullable(),
  /** Whether this system's store can be changed from here. */
  canTrust: z.boolean(),
});
export type LocalApiStatus = z.infer<typeof localApiStatus>;

export const programCommands = {
  'localApi.status': { args: z.object({}), result: localApiStatus },
  /** The user's consent: the certificate is made and given to the user's own store. Rejects with `local-api.*`. */
  'localApi.trustCertificate': { args: z.object({}), result: localApiStatus },
  /** Takes it out of the store again and throws its key away. */
  'localApi.removeCertificate': { args: z.object({}), result: localApiStatus },
  'programs.list': { args: z.object({}), result: z.array(pairedProgram) },
  'programs.requests': { args: z.object({}), result: z.array(pairingRequest) },
  /** Scopes: of those asked for, the ones granted. Rejects with `program.request-gone`. */
  'programs.approve': {
    args: z.object({ requestId: z.string(), scopes: z.array(scope).min(1) }),
    result: pairedProgram,
  },
  'programs.refuse': { args: z.object({ requestId: z.string() }), result: z.object({}) },
  /** Its token is worth nothing from now on; its connections are closed. */
  'programs.revoke': { args: z.object({ programId }), result: z.object({}) },
  /** Newest first. */
  'programs.audit': {
    args: z.object({
      before: z.int().nullable().default(null),
      limit: z.int().min(1).max(200).default(100),
      programId: programId.nullable().default(null),
    }),
    result: z.array(auditEntry),
  },
};

export const programEvents = {
  'localApi.changed': z.object({ status: localApiStatus }),
  'programs.changed': z.object({ programs: z.array(pairedProgram), requests: z.array(pairingRequest) }),
  /** A program wants this card shown. */
  'programs.showCard': z.object({ number: z.string().nullable(), personId: z.string().nullable() }),
};
