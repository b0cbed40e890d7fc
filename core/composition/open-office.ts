import type { HandlerDependencies } from '#core/bridge/handler-dependencies.ts';
import { joinParts } from './join-parts.ts';
import type { OfficeOptions, OfficePart } from './office-options.ts';
import { openEventActions } from './open-event-actions.ts';
import { openJournals } from './open-journals.ts';
import { openLinks } from './open-links.ts';
import { openLocalApi } from './open-local-api.ts';
import { openOutbox } from './open-outbox.ts';
import { openSheets } from './open-sheets.ts';

type Parts = 'dialDesk' | 'links' | 'sheets' | 'localApi' | 'eventActions' | 'journals' | 'outbox';

export interface Office extends OfficePart, Pick<HandlerDependencies, Parts> {}

/** Dialling from other programs, and what flows back to them. */
export function openOffice(options: OfficeOptions): Office {
  const outbox = openOutbox(options);
  const links = openLinks(options);
  const sheets = openSheets({ ...options, dialDesk: links.dialDesk });
  const journals = openJournals({ ...options, outbox: outbox.outbox });
  const eventActions = openEventActions({ ...options, outbox: outbox.outbox });
  const localApi = openLocalApi({ ...options, dialDesk: links.dialDesk });
  const parts = { links, sheets, journals, eventActions, outbox, localApi };
  return {
    ...joinParts(parts, { logger: options.logger.child('office'), clock: options.clock }),
    dialDesk: links.dialDesk,
    links: links.links,
    sheets: sheets.sheets,
    localApi: localApi.localApi,
    eventActions: eventActions.eventActions,
    journals: journals.journals,
    outbox: outbox.outbox,
  };
}
