import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { BackupFacts, CommandResult, ErasurePreview, ErasureReceipt, RecordsStatus } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

export type InspectedBackup = CommandResult<'records.inspectBackup'>;

/** How much is kept, what is going to go, and the backups and receipts of erased people. */
export const useRecordsStore = defineStore('records', () => {
  const bridge = useBridge();
  const status = ref<RecordsStatus | null>(null);
  const backups = ref<BackupFacts[]>([]);
  const receipts = ref<ErasureReceipt[]>([]);

  bridge.on('records.changed', (payload) => {
    status.value = payload.status;
    if (receipts.value.some(({ state }) => state === 'cleaning')) void loadReceipts().catch(() => undefined);
  });

  async function loadReceipts(): Promise<void> {
    receipts.value = await bridge.call('records.receipts', {});
  }

  /** What keeps the database from answering stands among the problems already. */
  async function load(): Promise<void> {
    status.value = await bridge.call('records.status', {}).catch(() => null);
  }
  async function loadLists(): Promise<void> {
    backups.value = await bridge.call('records.backups', {});
    await loadReceipts();
  }
  async function keep(): Promise<void> {
    await bridge.call('records.keep', {});
  }
  async function deleteNow(): Promise<void> {
    await bridge.call('records.deleteNow', {});
  }
  async function check(): Promise<void> {
    await bridge.call('records.check', {});
  }
  async function backUp(recordings: boolean): Promise<BackupFacts> {
    const made = await bridge.call('records.backUp', { recordings });
    await loadLists();
    return made;
  }
  function inspect(file: string): Promise<InspectedBackup> {
    return bridge.call('records.inspectBackup', { file });
  }
  async function restore(file: string): Promise<CommandResult<'records.restore'>> {
    const restored = await bridge.call('records.restore', { file });
    await loadLists();
    return restored;
  }
  function preview(text: string): Promise<ErasurePreview> {
    return bridge.call('records.previewErasure', { whom: { text } });
  }
  async function erase(partyKey: string): Promise<ErasureReceipt> {
    const receipt = await bridge.call('records.erase', { whom: { partyKey }, confirmed: true });
    await loadLists();
    return receipt;
  }

  return {
    status,
    backups,
    receipts,
    load,
    loadLists,
    keep,
    deleteNow,
    check,
    backUp,
    inspect,
    restore,
    preview,
    erase,
  };
});
