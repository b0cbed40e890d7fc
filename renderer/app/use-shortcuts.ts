import { useEventListener } from '@vueuse/core';
import { nextTick } from 'vue';
import { useCallListStore } from '#renderer/features/call-log/call-list-store.ts';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { redialText } from '#renderer/features/call-log/record-words.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useDialStore } from '#renderer/features/call/dial-store.ts';
import { isTalking } from '#renderer/features/call/call-list.ts';
import { useCallControl } from '#renderer/features/call/use-call-control.ts';
import { useScreenStore } from './screen-store.ts';
import type { Screen } from './screen-store.ts';
import { shortcutOf } from './shortcuts.ts';
import type { ShortcutName } from './shortcuts.ts';

/** Screens without the box that takes a number. */
const withoutDialling: readonly Screen[] = ['people', 'sheets', 'reports', 'settings'];

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable], [role=alertdialog], [role=dialog]') !== null;
}

function focusBox(name: 'dial-box' | 'people-search' | 'sheet-search' = 'dial-box'): void {
  const box = document.querySelector<HTMLInputElement>(`[data-testid=${name}]`);
  box?.focus();
}

/** Shortcuts for calls, and digits that find their way to the box or into the call. */
export function useShortcuts(): void {
  const [calls, dial, screen] = [useCallsStore(), useDialStore(), useScreenStore()];
  const [log, list] = [useCallLogStore(), useCallListStore()];
  const control = useCallControl();

  const actions: Record<ShortcutName, () => void> = {
    answer() {
      const call = calls.ringing[0];
      if (call) control.answer(call);
    },
    hangUp() {
      if (calls.ringing[0]) control.decline(calls.ringing[0]);
      else if (calls.current) control.hangUp(calls.current);
      else if (calls.ending) control.dismiss(calls.ending);
    },
    mute() {
      if (calls.current) control.toggleMute(calls.current);
    },
    hold() {
      if (calls.current) control.toggleHold(calls.current);
    },
    recording() {
      if (calls.current) control.toggleRecording(calls.current);
    },
    keypad() {
      screen.callKeypad = calls.current !== null && !screen.callKeypad;
    },
    callChosen() {
      // Nobody calls whom they do not see.
      if (withoutDialling.includes(screen.screen)) return;
      const call = log.selected ?? list.active?.call;
      const number = call ? redialText(call.record) : null;
      if (number) void dial.place(number);
    },
    redial: () => void dial.redial(),
    find() {
      if (screen.screen === 'people') return focusBox('people-search');
      if (screen.screen === 'sheets') return focusBox('sheet-search');
      if (withoutDialling.includes(screen.screen)) screen.show('calls');
      void nextTick(() => focusBox());
    },
  };

  function typed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || withoutDialling.includes(screen.screen)) return;
    const current = calls.current;
    if (/^[0-9*#]$/.test(event.key) && current && screen.callKeypad && isTalking(current)) {
      control.sendDigits(current, event.key);
      event.preventDefault();
    } else if (/^[0-9*#+]$/.test(event.key)) {
      dial.press(event.key);
      focusBox();
      event.preventDefault();
    } else if (event.key === '/') {
      focusBox();
      event.preventDefault();
    }
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const name = shortcutOf(event);
    if (!name) return typed(event);
    event.preventDefault();
    if (!event.repeat) actions[name]();
  });
}
