import type { CallSnapshot } from '#contract/ipc/index.ts';

/** Key of the word for what a call is doing now. */
export function stateKey(call: CallSnapshot): string {
  if (call.state === 'offering') return call.answering ? 'call.state.answering' : 'call.state.offering';
  if (call.state === 'connected' && call.heldByThem) return 'call.state.heldByThem';
  if (call.state === 'connected' && call.muted) return 'call.state.muted';
  return `call.state.${call.state}`;
}

/** Key of the sentence for how a call ended, where there is no error that says it better. */
export function endingKey(call: CallSnapshot): string {
  if (call.state === 'busy') return 'call.ending.busy';
  return `call.ending.${call.ending?.disposition ?? 'failed'}`;
}

export type CodecWord = 'opus' | 'G722' | 'narrow';

/** How a codec sounds, as words know it: full band, wide band, or as on any telephone. */
export function codecKey(codec: string | null): string | null {
  if (codec === null) return null;
  if (/^opus$/i.test(codec)) return 'call.codec.opus';
  return /^G722$/i.test(codec) ? 'call.codec.G722' : 'call.codec.narrow';
}
