import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { ActionRun, CommandInput, StoredAction } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

export type GivenAction = CommandInput<'eventActions.save'>;

/** What the office has done at the events of calls, as the agent last told; null until it has. */
export const useEventActionsStore = defineStore('eventActions', () => {
  const bridge = useBridge();
  const actions = ref<StoredAction[] | null>(null);
  /** The newest first. */
  const runs = ref<ActionRun[]>([]);

  bridge.on('eventActions.changed', (payload) => (actions.value = payload.actions));

  async function loadRuns(): Promise<void> {
    runs.value = await bridge.call('eventActions.runs', {});
  }
  async function load(): Promise<void> {
    actions.value = await bridge.call('eventActions.list', {});
    await loadRuns();
  }
  async function save(given: GivenAction): Promise<void> {
    await bridge.call('eventActions.save', given);
  }
  async function remove(actionId: string): Promise<void> {
    await bridge.call('eventActions.remove', { actionId });
  }
  /** With a call that never was. */
  async function test(given: GivenAction): Promise<void> {
    await bridge.call('eventActions.test', given);
  }

  return { actions, runs, load, loadRuns, save, remove, test };
});
