import type { CallSnapshot } from '#contract/ipc/index.ts';
import type { ToneName } from './tone-table.ts';

export interface Sounding {
  /** On the ring device. */
  ring: 'ring' | null;
  /** On the speaker, where the conversation is. */
  speaker: Extract<ToneName, 'ringback' | 'busy' | 'callWaiting'> | null;
}

/** What should be heard for the calls there are: a pure function, so that no state is forgotten in a corner. */
export function chooseTone(calls: readonly CallSnapshot[]): Sounding {
  const offered = calls.some((call) => call.state === 'offering' && !call.answering);
  const talking = calls.some((call) => call.state === 'connected' || call.state === 'conferenced');
  const settingUp = calls.filter((call) => call.state === 'dialing' || call.state === 'proceeding' || call.state === 'ringback');
  const waitsAside = offered && (talking || settingUp.length > 0);
  if (offered && !waitsAside) return { ring: 'ring', speaker: null };
  if (settingUp.some((call) => call.state === 'ringback' && !call.earlyMedia)) return { ring: null, speaker: 'ringback' };
  if (waitsAside) return { ring: null, speaker: 'callWaiting' };
  if (!talking && calls.some((call) => call.state === 'busy')) return { ring: null, speaker: 'busy' };
  return { ring: null, speaker: null };
}
