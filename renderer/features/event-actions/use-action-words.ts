import { AppWindow, Globe, Webhook } from '@lucide/vue';
import type { Component } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ActionTask, StoredAction } from '#contract/ipc/index.ts';

export const taskIcons: Record<ActionTask['kind'], Component> = {
  address: Globe,
  program: AppWindow,
  webhook: Webhook,
};

/** Actions in words of the window's language. */
export function useActionWords() {
  const { t, locale } = useI18n();

  function target({ task }: Pick<StoredAction, 'task'>): string {
    if (task.kind === 'address') return task.address;
    return task.kind === 'webhook' ? task.url : [task.program, ...task.arguments].join(' ');
  }
  function events({ events: wanted, direction }: Pick<StoredAction, 'events' | 'direction'>): string {
    const words = wanted.map((event) => t(`eventAction.event.${event}`));
    const which = direction === 'any' ? [] : [t(`eventAction.direction.${direction}`)];
    return [...words, ...which].join(' · ');
  }
  const time = (at: number) =>
    new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);

  return { target, events, time };
}
