import { defineStore } from 'pinia';
import { ref } from 'vue';
import { defaultSettings } from '#contract/settings.ts';
import type { Settings, SettingsPatch } from '#contract/settings.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

export const useSettingsStore = defineStore('settings', () => {
  const bridge = useBridge();
  const values = ref<Settings>({ ...defaultSettings });

  function mirror(next: Settings): void {
    values.value = next;
  }
  bridge.on('settings.changed', (payload) => mirror(payload.settings));

  async function set(patch: SettingsPatch): Promise<void> {
    await bridge.call('settings.set', { values: patch });
  }

  return { values, mirror, set };
});
