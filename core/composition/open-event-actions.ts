import { Emitter } from '#core/foundation/index.ts';
import type { EventActionDesk } from '#core/office/event-actions/index.ts';
import type { Outbox } from '#core/sync/index.ts';
import { notYet } from './not-yet.ts';
import { idlePart, type OfficeOptions, type OfficePart } from './office-options.ts';

export interface OpenedEventActions extends OfficePart {
  eventActions: EventActionDesk;
}

export function openEventActions(_options: OfficeOptions & { outbox: Outbox }): OpenedEventActions {
  return {
    ...idlePart,
    eventActions: {
      list: () => [],
      save: notYet,
      remove: notYet,
      test: notYet,
      runs: () => [],
      onChanged: new Emitter<never>().event,
    },
  };
}
