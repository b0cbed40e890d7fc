import type { ActionRun, CommandArguments, StoredAction } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** What the office has done at the events of a call. */
export interface EventActionDesk {
  list(): StoredAction[];
  /** @throws OffhookError `action.invalid`, `action.unknown` */
  save(asked: CommandArguments<'eventActions.save'>): Promise<{ actionId: string }>;
  remove(actionId: string): Promise<void>;
  /** @throws OffhookError `action.*`, `delivery.*` */
  test(asked: CommandArguments<'eventActions.test'>): Promise<void>;
  runs(): ActionRun[];
  readonly onChanged: Event<StoredAction[]>;
}
