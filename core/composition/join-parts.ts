import type { Logger } from '#core/foundation/index.ts';
import type { OfficePart } from './office-options.ts';
import { recoverRecords } from './recover-records.ts';

/**
 * Several parts as one. They start one after the other, and what a full or damaged disk denies to one of them is denied
 * to no other; nor does one that cannot end well keep the others, and the phone, from ending.
 */
export function joinParts(parts: Readonly<Record<string, OfficePart>>, logger: Logger): OfficePart {
  const each = async (what: string, work: (part: OfficePart) => Promise<void>) => {
    const done = Object.entries(parts).map(([name, part]) =>
      work(part).catch((error: unknown) => logger.error('a part of the office failed', { part: name, what, error })),
    );
    await Promise.all(done);
  };
  return {
    start: () =>
      recoverRecords(
        Object.entries(parts).map(([name, part]) => ({ name, run: () => part.start() })),
        logger,
      ),
    reload: () => each('reload', (part) => part.reload()),
    stop: () => each('stop', (part) => part.stop()),
  };
}
