import { OffhookError } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import { eventAction, journal } from '#contract/ipc/index.ts';
import type { ActionRun, Delivery, Journal, StoredAction } from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';

export interface DemoAutomationState {
  actions: StoredAction[];
  runs: ActionRun[];
  journals: Journal[];
  deliveries: Delivery[];
  /** What a trial of an action or a journal says. */
  trial: ErrorReport | null;
}

export const noAutomations = (): DemoAutomationState => ({
  ...{ actions: [], runs: [], journals: [], deliveries: [], trial: null },
});

/** Event actions, journals and what waits for them, of the agent in memory. */
export class DemoAutomations {
  private readonly bridge: DemoBridge;
  private lastId = 0;

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    this.answerActions();
    this.answerJournals();
    this.answerDeliveries();
  }

  private get state(): DemoAutomationState {
    return this.bridge.state.automations;
  }

  private newId(): string {
    return `automation-${(this.lastId += 1)}`;
  }

  private try(): void {
    if (this.state.trial) throw OffhookError.fromReport(this.state.trial);
  }

  private answerActions(): void {
    const { bridge } = this;
    bridge.answer('eventActions.list', () => structuredClone(this.state.actions));
    bridge.answer('eventActions.runs', () => structuredClone(this.state.runs));
    bridge.answer('eventActions.save', ({ action, secret }) => {
      const before = this.state.actions.find(({ id }) => id === action.id);
      const id = before?.id ?? this.newId();
      const kept = secret === null || secret === undefined ? (before?.hasSecret ?? false) : secret !== '';
      const stored = { ...eventAction.parse({ ...action, id }), hasSecret: kept && action.task.kind === 'webhook' };
      this.setActions(
        before ? this.state.actions.map((one) => (one === before ? stored : one)) : [...this.state.actions, stored],
      );
      return { actionId: id };
    });
    bridge.answer('eventActions.remove', ({ actionId }) => {
      this.setActions(this.state.actions.filter(({ id }) => id !== actionId));
      return {};
    });
    bridge.answer('eventActions.test', () => {
      this.try();
      return {};
    });
  }

  private answerJournals(): void {
    const { bridge } = this;
    bridge.answer('journals.list', () => structuredClone(this.state.journals));
    bridge.answer('journals.save', (given) => {
      const id = given.id ?? this.newId();
      const stored = journal.parse({ ...given, id });
      const known = this.state.journals.some((one) => one.id === id);
      this.setJournals(
        known ? this.state.journals.map((one) => (one.id === id ? stored : one)) : [...this.state.journals, stored],
      );
      return { journalId: id };
    });
    bridge.answer('journals.remove', ({ journalId }) => {
      this.setJournals(this.state.journals.filter(({ id }) => id !== journalId));
      return {};
    });
    bridge.answer('journals.test', () => {
      this.try();
      return { note: 'trade' };
    });
  }

  private answerDeliveries(): void {
    const { bridge } = this;
    bridge.answer('deliveries.list', () => ({
      total: this.state.deliveries.length,
      deliveries: structuredClone(this.state.deliveries),
    }));
    bridge.answer('deliveries.retry', ({ ids = [] }) => {
      for (const delivery of this.state.deliveries)
        if (ids.length === 0 || ids.includes(delivery.id)) Object.assign(delivery, { state: 'trying', nextAt: null });
      this.tellDeliveries();
      return {};
    });
    bridge.answer('deliveries.drop', ({ ids }) => {
      this.state.deliveries = this.state.deliveries.filter(({ id }) => !ids.includes(id));
      this.tellDeliveries();
      return {};
    });
  }

  private setActions(actions: StoredAction[]): void {
    this.state.actions = actions;
    this.bridge.emit('eventActions.changed', { actions: structuredClone(actions) });
  }

  private setJournals(journals: Journal[]): void {
    this.state.journals = journals;
    this.bridge.emit('journals.changed', { journals: structuredClone(journals) });
  }

  private tellDeliveries(): void {
    const refused = this.state.deliveries.filter(({ state }) => state === 'refused').length;
    this.bridge.emit('deliveries.changed', { waiting: this.state.deliveries.length - refused, refused });
  }
}
