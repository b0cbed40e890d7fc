import type { Logger } from '#core/foundation/index.ts';

/** One thing that is brought up when the program starts, and what to say of it in the log where that fails. */
export interface RecoveryStep {
  name: string;
  run: () => unknown;
}

/** One step after the other; what a full or damaged disk denies to one of them is not denied to the next. Never rejects. */
export async function recoverRecords(steps: readonly RecoveryStep[], logger: Logger): Promise<void> {
  for (const { name, run } of steps) {
    try {
      await run();
    } catch (error) {
      logger.error('a step of the start failed', { step: name, error });
    }
  }
}
