import { eventAction, type ActionTask, type EventAction } from '#contract/ipc/index.ts';
import { Emitter, silentLogger } from '#core/foundation/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import type { HttpClient, HttpRequest } from '#core/network/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { MemoryOutbox } from '#core/sync/memory-outbox.ts';
import type { CallFacts, CallMoment } from './call-facts.ts';
import { EventActions } from './event-actions.ts';
import { MemoryActionRecords } from './memory-action-records.ts';
import { MemoryProgramRunner } from './memory-program-runner.ts';

export const webhook: ActionTask = { kind: 'webhook', url: 'https://crm.example/hook' };

export function actionOf(task: ActionTask, changes: Partial<EventAction> = {}): EventAction {
  return eventAction.parse({ id: 'x', label: 'CRM', events: ['ring'], task, ...changes });
}

export function momentOf(event: CallMoment['event'], changes: Partial<CallFacts> = {}): CallMoment {
  return {
    event,
    facts: {
      ...{ callId: 'call-1', lineId: 'line-1', lineLabel: 'Офис', direction: 'incoming', internal: false },
      ...{ number: '+74951234567', display: '+7 495 123-45-67', name: 'Пётр', firm: 'ООО «Ромашка»' },
      ...{
        startedAt: Date.UTC(2026, 0, 15, 9),
        answeredAt: null,
        endedAt: null,
        disposition: null,
        note: '',
        outcome: null,
      },
      ...changes,
    },
  };
}

/** Actions over memory parts, and a server of webhooks that answers as a test says. */
export async function openActions() {
  const clock = new FakeClock();
  const outbox = new MemoryOutbox(clock);
  const runner = new MemoryProgramRunner();
  const records = new MemoryActionRecords();
  const { secrets } = createMemoryStores();
  const moments = new Emitter<CallMoment>();
  const posted: { url: string; request: HttpRequest }[] = [];
  const server = { answer: async () => new Response(null, { status: 204 }) };
  let ids = 0;
  const client: HttpClient = async (url, request = {}) => {
    posted.push({ url: String(url), request });
    return server.answer();
  };
  const open = () =>
    new EventActions({
      ...{ records, secrets, outbox, clock, logger: silentLogger, programs: runner, addresses: runner },
      platform: 'linux',
      http: async () => client,
      newId: () => `action-${(ids += 1)}`,
    });
  const actions = open();
  await actions.load();
  actions.follow({ onMoment: moments.event });
  const happens = async (moment: CallMoment) => {
    moments.fire(moment);
    await settle();
  };
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    await outbox.settled();
    await Promise.resolve();
  };
  const save = (action: EventAction, secret: string | null = null) =>
    actions.save({ action: { ...action, id: null }, secret });
  return { actions, open, moments, clock, outbox, runner, records, secrets, posted, server, happens, settle, save };
}
