import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { CommandInput, Journal, JournalConfig } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

export type GivenJournal = CommandInput<'journals.save'>;

/** Where calls are journalled, as the agent last told; null until it has. */
export const useJournalsStore = defineStore('journals', () => {
  const bridge = useBridge();
  const journals = ref<Journal[] | null>(null);

  bridge.on('journals.changed', (payload) => (journals.value = payload.journals));

  async function load(): Promise<void> {
    journals.value = await bridge.call('journals.list', {});
  }
  async function save(given: GivenJournal): Promise<void> {
    await bridge.call('journals.save', given);
  }
  async function remove(journalId: string): Promise<void> {
    await bridge.call('journals.remove', { journalId });
  }
  /** Asks the other side; writes nothing. */
  async function test(config: JournalConfig): Promise<string> {
    return (await bridge.call('journals.test', { config })).note;
  }

  return { journals, load, save, remove, test };
});
