import { useMediaQuery } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useDialStore } from '#renderer/features/call/dial-store.ts';

/** `phone` is the keypad or the call that is up; wide windows show it beside the list of `calls`. */
export type Screen = 'phone' | 'calls' | 'people' | 'sheets' | 'reports' | 'settings';
export type SettingsTab = 'general' | 'lines' | 'people' | 'dialling' | 'audio' | 'recording' | 'records' | 'links' | 'programs';

/** Which screen this window shows; nothing of it is the agent's business. */
export const useScreenStore = defineStore('screen', () => {
  const [calls, callLog, dial] = [useCallsStore(), useCallLogStore(), useDialStore()];
  const wide = useMediaQuery('(min-width: 720px)');
  const screen = ref<Screen>('phone');
  const settingsTab = ref<SettingsTab>('general');
  /** A page of the settings that wants a narrow window for itself, as long as it is up. */
  const settingsAlone = ref(false);
  /** The keypad inside a call: digits go to the far end. */
  const callKeypad = ref(false);

  function show(next: Screen): void {
    screen.value = next;
  }

  function showSettings(tab: SettingsTab): void {
    settingsTab.value = tab;
    screen.value = 'settings';
  }

  watch(
    () => calls.current?.id,
    (id, before) => {
      if (id !== before) callKeypad.value = false;
      if (id) callLog.select(null);
      // A call that has just begun is what the user wants to see; that of a sheet's row is shown beside the row.
      const fromSheet = screen.value === 'sheets' && calls.current?.direction === 'outgoing';
      if (id && !before && !fromSheet) screen.value = 'phone';
    },
  );
  watch(
    () => dial.isEmpty,
    (empty) => {
      if (!empty) callLog.select(null);
    },
  );

  return { wide, screen, settingsTab, settingsAlone, callKeypad, show, showSettings };
});
