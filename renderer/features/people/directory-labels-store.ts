import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { DirectoryKind, DirectoryStatus } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

type DirectoryLabel = Pick<DirectoryStatus, 'id' | 'kind' | 'label' | 'entries' | 'enabled'>;

/** What the directories are called, for the marks beside people. */
export const useDirectoryLabelsStore = defineStore('directoryLabels', () => {
  const bridge = useBridge();
  const directories = shallowRef<readonly DirectoryLabel[]>([]);
  const byId = computed(() => new Map(directories.value.map((one) => [one.id, one])));
  /** Some directory beside Offhook's own is connected. */
  const connected = computed(() => directories.value.some(({ kind }) => kind !== 'own'));
  let asked = false;

  async function load(): Promise<void> {
    if (asked) return;
    asked = true;
    // Without their names the marks are less, and the people are there all the same.
    directories.value = (await bridge.call('directories.list', {}).catch(() => null)) ?? directories.value;
  }
  bridge.on('directories.changed', (payload) => {
    directories.value = payload.directories;
  });
  bridge.onConnection((state) => {
    if (state !== 'open' || !asked) return;
    asked = false;
    void load();
  });

  const labelOf = (id: string) => byId.value.get(id)?.label ?? '';
  const kindOf = (id: string): DirectoryKind | null => byId.value.get(id)?.kind ?? null;
  return { directories, connected, load, labelOf, kindOf };
});
