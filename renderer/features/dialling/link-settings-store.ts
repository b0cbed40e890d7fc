import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { CommandResult, DialOrigin } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** Which links open Offhook here, and which programs dial without being asked. */
export const useLinkSettingsStore = defineStore('link-settings', () => {
  const bridge = useBridge();
  const status = ref<CommandResult<'links.status'> | null>(null);
  const trusted = ref<DialOrigin[]>([]);
  const working = ref(false);
  /** The system's own page was opened, where the user has to choose. */
  const inSettings = ref(false);

  async function load(): Promise<void> {
    [status.value, trusted.value] = await Promise.all([
      bridge.call('links.status', {}),
      bridge.call('dialRequests.trusted', {}),
    ]);
  }

  async function register(wanted: boolean): Promise<void> {
    working.value = true;
    try {
      const { done } = await bridge.call('links.register', { register: wanted });
      inSettings.value = done === 'settings';
      await load();
    } finally {
      working.value = false;
    }
  }

  async function distrust(originId: string): Promise<void> {
    await bridge.call('dialRequests.distrust', { originId });
    await load();
  }

  return { status, trusted, working, inSettings, load, register, distrust };
});
