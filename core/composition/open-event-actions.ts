import { isInternalNumber } from '#core/contacts/index.ts';
import { CallMoments, EventActions, type EventActionDesk } from '#core/office/event-actions/index.ts';
import { NodeAddressOpener, NodeProgramRunner } from '#core/office/event-actions/node-program-runner.ts';
import { SqliteActionRecords } from '#core/office/event-actions/sqlite-action-records.ts';
import type { Outbox } from '#core/sync/index.ts';
import type { OfficeOptions, OfficePart } from './office-options.ts';
import { openHttp } from './open-http.ts';

export interface OpenedEventActions extends OfficePart {
  eventActions: EventActionDesk;
}

export function openEventActions(options: OfficeOptions & { outbox: Outbox }): OpenedEventActions {
  const { services, settings, clock } = options;
  const logger = options.logger.child('event-actions');
  const programs = new NodeProgramRunner(clock);
  const eventActions = new EventActions({
    ...options,
    records: new SqliteActionRecords({ database: options.database, logger }),
    http: openHttp(options.proxy),
    programs,
    addresses: new NodeAddressOpener(),
    platform: process.platform,
    logger,
  });
  // From the first call on: those of the first seconds wait until the actions are read.
  const moments = new CallMoments({
    ...options,
    calls: services.calls,
    lineLabel: (lineId) => services.lines.find(lineId)?.label ?? lineId,
    isInternal: (number) => isInternalNumber(number, settings.values),
    logger,
  });
  eventActions.follow(moments);
  return {
    eventActions,
    start: () => eventActions.load(),
    reload: () => eventActions.load(),
    async stop() {
      moments.dispose();
      eventActions.dispose();
      programs.dispose();
    },
  };
}
