import type { PartyMatch, RemoteParty } from '#contract/ipc/index.ts';
import type { NumberRules } from '#core/contacts/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { Lines } from '#core/lines/index.ts';
import type { CodecName, MediaLegFactory } from '#core/media/index.ts';
import type { CallRegistry } from './call-registry.ts';

/** What the use cases of calls work with. */
export interface CallServices {
  calls: CallRegistry;
  lines: Lines;
  media: MediaLegFactory;
  clock: Clock;
  logger: Logger;
  newId: () => string;
  /** The office's country, area code and dial-out rules, as set at this moment. */
  numberRules: () => NumberRules;
  /** Who that is by the directories: from memory, at once. */
  matchParty: (remote: RemoteParty) => PartyMatch | null;
  /** `synthetic` gives every call a tone generator and detector instead of a window. */
  audio: 'window' | 'synthetic';
}

/** Two calls and a few that ring: more would not fit on any desk. */
export const MAX_CALLS = 8;

/** PCMA first: every PBX speaks it, and a pass-through then never needs a second offer. */
export const CODECS: readonly CodecName[] = ['PCMA', 'PCMU', 'G722', 'opus'];
