import { DurableOutbox } from '#core/sync/durable-outbox.ts';
import type { Outbox } from '#core/sync/index.ts';
import { SqliteDeliveryStore } from '#core/sync/sqlite-delivery-store.ts';
import type { OfficeOptions, OfficePart } from './office-options.ts';

export interface OpenedOutbox extends OfficePart {
  outbox: Outbox;
}

export function openOutbox(options: Pick<OfficeOptions, 'database' | 'clock' | 'logger'>): OpenedOutbox {
  const { database, clock } = options;
  const logger = options.logger.child('outbox');
  const outbox = new DurableOutbox({
    store: new SqliteDeliveryStore({ database }),
    clock,
    logger,
    random: Math.random,
  });
  return {
    outbox,
    start: () => outbox.start(),
    reload: () => outbox.reload(),
    stop: () => outbox.stop(),
  };
}
