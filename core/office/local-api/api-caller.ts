import type { DialOrigin } from '#contract/ipc/index.ts';
import { allScopes, type Scope } from '#contract/local-api/index.ts';

/** Who asks: a paired program, or a program of Offhook's own that has read this run's secret. */
export interface ApiCaller {
  /** Of the program; null for Offhook's own. */
  programId: string | null;
  name: string;
  scopes: ReadonlySet<Scope>;
}

export const ownProgram: ApiCaller = { programId: null, name: 'Offhook', scopes: new Set(allScopes) };

export const originIdOf = (programId: string) => `program:${programId}`;

/** Whom a wish to dial is from, in the words of `DialDesk`; null for Offhook's own programs, which the user runs. */
export function dialOriginOf(caller: ApiCaller): DialOrigin | null {
  return caller.programId === null ? null : { id: originIdOf(caller.programId), name: caller.name };
}

/** One request's asker. `from` is where it came from, e.g. `127.0.0.1:50211`, or the origin of a page of ours. */
export interface Asker {
  caller: ApiCaller | null;
  from: string;
}
