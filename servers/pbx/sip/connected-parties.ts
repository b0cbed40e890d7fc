import { DisposableStore, type Disposable } from '#core/foundation/index.ts';
import { bridgeStreams } from '#core/media/rtp/index.ts';
import type { PromptLibrary } from '#servers/pbx/media/prompt-library.ts';
import { playMusic } from '#servers/pbx/media/services.ts';
import type { CallLeg } from './call-leg.ts';
import type { LegEnvironment } from './leg-environment.ts';

/** ms */
const checkInterval = 30_000;
const longSilence = 120_000;

/**
 * Joins two parties' audio. A party that holds is cut off, the other one hears music and is told by a re-INVITE. A
 * party that has been silent long is asked whether it is still there (a phone that lost its power says no BYE).
 */
export function connectParties(
  a: CallLeg,
  b: CallLeg,
  options: { environment: LegEnvironment; prompts: PromptLibrary },
): Disposable {
  const { environment, prompts } = options;
  const parts = new DisposableStore();
  let bridge: Disposable | null = null;
  const music = new Map<CallLeg, Disposable>();
  const arrange = () => {
    if (!a.media || !b.media) return;
    const held = a.media.heldByFarEnd || b.media.heldByFarEnd;
    if (held) bridge?.dispose();
    bridge = held ? null : (bridge ?? bridgeStreams(a.media.stream, b.media.stream));
    for (const [holder, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const plays = holder.media!.heldByFarEnd && !other.media!.heldByFarEnd;
      if (plays && !music.has(other)) music.set(other, playMusic(other.media!, prompts, environment.clock));
      if (!plays) {
        music.get(other)?.dispose();
        music.delete(other);
      }
    }
  };
  for (const [holder, other] of [
    [a, b],
    [b, a],
  ] as const) {
    parts.add(
      holder.onHeld((held) => {
        other.tellHeld(held);
        arrange();
      }),
    );
    parts.add(holder.onInfoDigit((digit) => other.sendDigit(digit)));
    parts.add(watch(holder, environment));
  }
  arrange();
  parts.add({
    dispose() {
      bridge?.dispose();
      for (const playing of music.values()) playing.dispose();
    },
  });
  return parts;
}

function watch(leg: CallLeg, { clock }: LegEnvironment): Disposable {
  const since = clock.monotonic();
  let asked = since;
  return clock.every(checkInterval, () => {
    const now = clock.monotonic();
    const heard = Math.max(leg.media?.stream.heardAt ?? since, asked);
    if (now - heard < longSilence) return;
    asked = now;
    leg.probe();
  });
}
