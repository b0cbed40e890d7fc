import { OffhookError } from '#contract/errors.ts';
import type { ActionRun, ActionTask, CommandArguments, StoredAction } from '#contract/ipc/index.ts';
import { DisposableStore, Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { HttpClient } from '#core/network/index.ts';
import type { SecretStore } from '#core/settings/index.ts';
import type { Outbox, OutboxItem } from '#core/sync/index.ts';
import { callSubject } from '../call-subject.ts';
import type { ActionRecords } from './action-records.ts';
import { ActionRuns } from './action-runs.ts';
import { webhookBody, type CallMoment } from './call-facts.ts';
import type { EventActionDesk } from './event-action-desk.ts';
import { RunLimit } from './run-limit.ts';
import { checkTask, runTask, type LocalTask, type TaskTools } from './run-task.ts';
import { sampleMoment } from './sample-moment.ts';
import { wants } from './wants-moment.ts';
import { packWebhook, unpackWebhook } from './webhook-payload.ts';
import { postWebhook } from './webhook-post.ts';

export interface EventActionsOptions extends TaskTools {
  records: ActionRecords;
  secrets: SecretStore;
  outbox: Outbox;
  /** For one request, by the system's proxy and certificates. */
  http: (url: string, signal: AbortSignal) => Promise<HttpClient>;
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/** ms that a trial of a webhook may take. */
const trialPatience = 15_000;
const within = 10_000;
/** More than happens while the program starts. */
const mostEarly = 200;
/** ms after which nobody wants a page of a call to open. */
const longPast = 60_000;
const secretName = (actionId: string) => `webhook:${actionId}`;
const zoneAt = (at: number) => -new Date(at).getTimezoneOffset();

/** The office's actions, as set at this moment, and what they do when something happens to a call. */
export class EventActions implements EventActionDesk, Disposable {
  private readonly options: EventActionsOptions;
  private readonly changed = new Emitter<StoredAction[]>();
  private readonly store = new DisposableStore();
  private readonly history: ActionRuns;
  private readonly limits: Record<ActionTask['kind'], RunLimit>;
  private actions: StoredAction[] = [];
  /** What happened before the actions were read; null from then on. */
  private early: { moment: CallMoment; at: number }[] | null = [];

  readonly onChanged = this.changed.event;

  constructor(options: EventActionsOptions) {
    const { clock } = options;
    this.options = options;
    this.history = new ActionRuns(clock);
    const here = new RunLimit({ clock, most: 10, within });
    this.limits = { address: here, program: here, webhook: new RunLimit({ clock, most: 100, within }) };
  }

  /** Nothing is carried before it is known for which actions. */
  async load(): Promise<void> {
    this.actions = await this.options.records.load();
    this.options.outbox.carry('webhook', (item, signal) => this.carry(item, signal));
    this.changed.fire(this.list());
    const waited = this.early ?? [];
    this.early = null;
    for (const { moment, at } of waited) this.happened(moment, at);
  }

  /** From now on, what happens to calls leads to what is set. */
  follow(moments: { onMoment: (listener: (moment: CallMoment) => void) => Disposable }): void {
    this.store.add(moments.onMoment((moment) => this.happened(moment)));
  }

  dispose(): void {
    this.store.dispose();
  }

  list(): StoredAction[] {
    return [...this.actions];
  }

  runs(): ActionRun[] {
    return this.history.list();
  }

  async save({ action, secret }: CommandArguments<'eventActions.save'>): Promise<{ actionId: string }> {
    const present = action.id === null ? null : this.required(action.id);
    checkTask(action.task, this.options.platform);
    const id = present?.id ?? this.options.newId();
    const isWebhook = action.task.kind === 'webhook';
    const kept = isWebhook && secret === null && (present?.hasSecret ?? false);
    const stored = { ...action, id, hasSecret: kept || (isWebhook && secret !== null && secret !== '') };
    // Its key first: an action that says it has one is never without it.
    if (stored.hasSecret && secret) await this.options.secrets.set(secretName(id), secret);
    await this.options.records.put(stored);
    if (!stored.hasSecret && present?.hasSecret) await this.options.secrets.delete(secretName(id));
    this.actions = present ? this.actions.map((one) => (one.id === id ? stored : one)) : [...this.actions, stored];
    this.changed.fire(this.list());
    if (present?.task.kind === 'webhook' && !isWebhook) await this.options.outbox.dropTarget(id);
    return { actionId: id };
  }

  async remove(actionId: string): Promise<void> {
    const { records, outbox, secrets, logger } = this.options;
    const { hasSecret } = this.required(actionId);
    await records.remove(actionId);
    this.actions = this.actions.filter(({ id }) => id !== actionId);
    for (const limit of Object.values(this.limits)) limit.forget(actionId);
    this.changed.fire(this.list());
    await outbox.dropTarget(actionId);
    if (!hasSecret) return;
    await secrets
      .delete(secretName(actionId))
      .catch((error: unknown) => logger.warn('the key of a webhook was not deleted', { error }));
  }

  async test({ action, secret }: CommandArguments<'eventActions.test'>): Promise<void> {
    const { task } = action;
    checkTask(task, this.options.platform);
    const moment = sampleMoment(action, this.options.clock.now());
    if (task.kind !== 'webhook') return runTask(task, moment, this.options);
    const delivery = `test:${this.options.newId()}`;
    const body = webhookBody(moment, delivery, true);
    const known = secret ?? (action.id === null ? null : await this.options.secrets.get(secretName(action.id)));
    await this.post({ url: task.url, body, delivery, secret: known }, AbortSignal.timeout(trialPatience));
  }

  /** @param at Unix ms; what is long past is still told to webhooks, but opens and starts nothing any more */
  private happened(moment: CallMoment, at = this.options.clock.now()): void {
    if (this.early) {
      if (this.early.length < mostEarly) this.early.push({ moment, at });
      return;
    }
    const isPast = this.options.clock.now() - at > longPast;
    for (const action of this.actions)
      if (wants(action, moment) && !(isPast && action.task.kind !== 'webhook')) void this.run(action, moment);
  }

  private async run(action: StoredAction, moment: CallMoment): Promise<void> {
    const run = { actionId: action.id, actionLabel: action.label, event: moment.event, subject: subjectOf(moment) };
    const turn = this.limits[action.task.kind].take(action.id);
    if (turn !== 'run') {
      if (turn === 'left-out') this.history.note(run, new OffhookError('action.too-many'));
      return;
    }
    try {
      // Of a webhook it is noted how it was taken.
      if (action.task.kind === 'webhook') return await this.putWebhook(action, moment);
      await runTask(action.task satisfies LocalTask, moment, this.options);
      this.history.note(run);
    } catch (error) {
      this.options.logger.warn('an event action failed', { action: action.id, error });
      this.history.note(run, error);
    }
  }

  private async putWebhook({ id, label }: StoredAction, moment: CallMoment): Promise<void> {
    const { event, facts } = moment;
    const key = `${id}:${event}:${facts.callId}`;
    const payload = packWebhook({ event, body: webhookBody(moment, key, false) });
    await this.options.outbox.put({
      ...{ kind: 'webhook', targetId: id, targetLabel: label, key, subject: subjectOf(moment), payload },
    });
  }

  private async carry(item: OutboxItem, signal: AbortSignal): Promise<{ reference: string | null }> {
    const action = this.required(item.targetId);
    // What waited for a webhook is dropped when it becomes something else.
    if (action.task.kind !== 'webhook') throw new OffhookError('action.unknown');
    const { url } = action.task;
    const { event, body } = unpackWebhook(item.payload);
    const run = { actionId: action.id, actionLabel: action.label, event, subject: item.subject };
    try {
      const secret = await this.secretOf(action);
      await this.post({ url, body, delivery: item.key, secret }, signal);
      this.history.note(run);
      return { reference: null };
    } catch (error) {
      // The same server's silence is said once a delivery.
      if (item.attempts === 0 || isRefused(error)) this.history.note(run, error);
      throw error;
    }
  }

  private async post(post: Parameters<typeof postWebhook>[1], signal: AbortSignal): Promise<void> {
    const fetch = await this.options.http(post.url, signal);
    await postWebhook(fetch, post, this.options.clock.now());
  }

  /** What is to be signed is never sent without: it waits until its key can be read, or is given anew. */
  private async secretOf({ id, hasSecret }: StoredAction): Promise<string | null> {
    if (!hasSecret) return null;
    const secret = await this.options.secrets.get(secretName(id));
    if (secret === null) throw new OffhookError('secrets.unreadable', { detail: 'the key of a webhook is gone' });
    return secret;
  }

  private required(actionId: string): StoredAction {
    const action = this.actions.find(({ id }) => id === actionId);
    if (!action) throw new OffhookError('action.unknown');
    return action;
  }
}

function subjectOf({ facts }: CallMoment): string {
  return callSubject(facts.display, facts.startedAt, zoneAt(facts.startedAt));
}

function isRefused(error: unknown): boolean {
  return error instanceof OffhookError && error.code === 'delivery.refused';
}
