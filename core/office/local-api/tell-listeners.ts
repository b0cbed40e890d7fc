import type { CallSnapshot } from '#contract/ipc/index.ts';
import type { ApiCall, ApiEventName } from '#contract/local-api/index.ts';
import type { CallArchive, CallLog } from '#core/call-log/index.ts';
import type { CallServices } from '#core/calls/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import { DisposableStore, type Disposable } from '#core/foundation/index.ts';
import { toApiCalls, toApiLine, toApiLoggedCall, toApiRecord } from './api-model.ts';
import type { EventHub } from './event-hub.ts';

export interface Heard {
  hub: EventHub;
  services: Pick<CallServices, 'calls' | 'lines'>;
  callLog: Pick<CallLog, 'onRecorded'>;
  archive: Pick<CallArchive, 'onAnnotated'>;
  directory: Pick<PeopleDirectory, 'glance'>;
}

/** Calls, lines and the log as the listeners of the API hear of them. Costs next to nothing while nobody listens. */
export function tellListeners({ hub, services, callLog, archive, directory }: Heard): Disposable {
  const calls = new ChangedCalls();
  let lines = '';
  const store = new DisposableStore();
  store.add(
    services.calls.onChanged((snapshots) => {
      for (const { event, call } of calls.look(snapshots)) hub.tell(event, { call });
    }),
  );
  store.add(
    services.lines.onChanged((snapshots) => {
      if (!hub.isHeard) return;
      const now = snapshots.map(toApiLine);
      const written = JSON.stringify(now);
      // What changed may be nothing that the API shows.
      if (written !== lines) hub.tell('lines.changed', { lines: now });
      lines = written;
    }),
  );
  store.add(
    callLog.onRecorded((record) => {
      if (!hub.isHeard) return;
      const personId = directory.glance(record)?.person.id ?? null;
      hub.tell('log.recorded', { record: toApiRecord(record, null, personId) });
    }),
  );
  store.add(archive.onAnnotated((call) => hub.tell('log.annotated', { record: toApiLoggedCall(call) })));
  return store;
}

type CallEvent = Extract<ApiEventName, 'call.offered' | 'call.changed' | 'call.ended'>;

/** Which calls are others than at the last look: audio quality, for one, is nothing that the API shows. */
class ChangedCalls {
  private known = new Map<string, { written: string; ended: boolean }>();

  look(snapshots: readonly CallSnapshot[]): { event: CallEvent; call: ApiCall }[] {
    const now: typeof this.known = new Map();
    const found: { event: CallEvent; call: ApiCall }[] = [];
    for (const call of toApiCalls(snapshots)) {
      const written = JSON.stringify(call);
      const before = this.known.get(call.id);
      const ended = call.endedAt !== null;
      now.set(call.id, { written, ended });
      if (before?.written === written) continue;
      const isOffered = !before && call.state === 'offering';
      const event = ended && !before?.ended ? 'call.ended' : isOffered ? 'call.offered' : 'call.changed';
      found.push({ event, call });
    }
    this.known = now;
    return found;
  }
}
