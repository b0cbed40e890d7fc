import { onScopeDispose, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { LoggedCall } from '#contract/ipc/index.ts';
import { useRecordText } from '#renderer/features/call-log/use-record-text.ts';
import { useAudioStore } from '#renderer/media/audio-store.ts';
import { useFollowUpsStore } from './follow-ups-store.ts';

/** A window out of sight says by the system what is due; of several windows the one with the sound does. */
export function useReminderNotifications(open: (call: LoggedCall) => void): void {
  const [followUps, audio] = [useFollowUpsStore(), useAudioStore()];
  const text = useRecordText();
  const { t } = useI18n();
  const shown = new Map<string, Notification>();

  watch(
    () => followUps.shown,
    (due) => {
      const ids = new Set(due.map(({ record }) => record.id));
      for (const [id, notification] of shown) {
        if (ids.has(id)) continue;
        notification.close();
        shown.delete(id);
      }
      if (!('Notification' in window) || Notification.permission !== 'granted' || !audio.owner || document.hasFocus())
        return;
      for (const call of due) {
        const { id } = call.record;
        if (shown.has(id)) continue;
        const title = t('followUp.notification.title', { who: text.title(call) });
        const notification = new Notification(title, { body: text.noteStart(call), tag: `follow-up-${id}` });
        notification.addEventListener('click', () => {
          window.focus();
          open(call);
        });
        shown.set(id, notification);
      }
    },
  );
  onScopeDispose(() => shown.forEach((notification) => notification.close()));
}
