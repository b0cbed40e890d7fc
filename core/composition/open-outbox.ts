import { Emitter } from '#core/foundation/index.ts';
import type { Outbox } from '#core/sync/index.ts';
import { notYet } from './not-yet.ts';
import { idlePart, type OfficeOptions, type OfficePart } from './office-options.ts';

export interface OpenedOutbox extends OfficePart {
  outbox: Outbox;
}

export function openOutbox(_options: Pick<OfficeOptions, 'database' | 'clock' | 'logger'>): OpenedOutbox {
  return {
    ...idlePart,
    outbox: {
      put: notYet,
      known: async () => new Set(),
      carry: () => undefined,
      list: async () => ({ total: 0, deliveries: [] }),
      retry: notYet,
      drop: notYet,
      dropTarget: async () => undefined,
      onChanged: new Emitter<never>().event,
    },
  };
}
