import type { Clock, Disposable, Logger } from '#core/foundation/index.ts';
import type { OfficePart } from './office-options.ts';

/** ms until a part that could not begin is tried again; twice as long each time. */
const firstPause = 5000;
const longestPause = 60_000;

/**
 * Several parts as one. They start one after the other, and what a full or damaged disk denies to one of them is denied
 * to no other: that one is tried again until the disk gives it what it needs. Nor does one that cannot end well keep the
 * others, and the phone, from ending.
 */
export function joinParts(
  parts: Readonly<Record<string, OfficePart>>,
  { logger, clock }: { logger: Logger; clock: Clock },
): OfficePart {
  const named = Object.entries(parts);
  const started = new Set<string>();
  const waiting = new Map<string, Disposable>();
  let ended = false;

  /** Never rejects. A part that has not started yet is started, whoever asks for it. */
  const bringUp = async (name: string, part: OfficePart, pause = firstPause): Promise<void> => {
    waiting.get(name)?.dispose();
    const what = started.has(name) ? 'reload' : 'start';
    try {
      await part[what]();
      started.add(name);
    } catch (error) {
      logger.error('a part of the office failed; it is tried again', { part: name, what, error });
      waiting.get(name)?.dispose();
      const again = () => void bringUp(name, part, Math.min(2 * pause, longestPause));
      if (!ended) waiting.set(name, clock.after(pause, again));
    }
  };

  return {
    async start() {
      for (const [name, part] of named) await bringUp(name, part);
    },
    async reload() {
      await Promise.all(named.map(([name, part]) => bringUp(name, part)));
    },
    async stop() {
      ended = true;
      for (const pause of waiting.values()) pause.dispose();
      const stopped = named.map(([part, { stop }]) =>
        stop().catch((error: unknown) => logger.error('a part of the office did not end well', { part, error })),
      );
      await Promise.all(stopped);
    },
  };
}
