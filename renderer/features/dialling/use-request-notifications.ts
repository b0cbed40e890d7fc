import { onScopeDispose, watch } from 'vue';
import { useAudioStore } from '#renderer/media/audio-store.ts';
import { useDialRequestsStore } from './dial-requests-store.ts';
import { useRequestWords } from './use-request-words.ts';

/** A window out of sight says by the system that it asks; of several windows the one with the sound does. */
export function useRequestNotifications(): void {
  const [requests, audio] = [useDialRequestsStore(), useAudioStore()];
  const words = useRequestWords();
  let shown: { id: string; notification: Notification } | null = null;

  watch(
    () => requests.current,
    (request) => {
      if (shown && shown.id !== request?.id) {
        shown.notification.close();
        shown = null;
      }
      const first = request?.candidates[0];
      if (!request || !first || shown || !audio.owner || document.hasFocus()) return;
      if (!('Notification' in window) || Notification.permission !== 'granted') return;
      const options = { body: words.origin(request), tag: `dial-${request.id}` };
      const notification = new Notification(words.question(request, first), options);
      notification.addEventListener('click', () => window.focus());
      shown = { id: request.id, notification };
    },
    { immediate: true },
  );
  onScopeDispose(() => shown?.notification.close());
}
