import { useCallsStore } from './calls-store.ts';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useRecordingSwitch } from '#renderer/features/recordings/use-call-recording.ts';
import { isHeld } from './call-list.ts';

/** What buttons and shortcuts do to a call; a failure becomes a notice. */
export function useCallControl() {
  const [calls, notices] = [useCallsStore(), useNoticesStore()];
  const recording = useRecordingSwitch();
  const attempt = (work: () => Promise<unknown>) => void notices.attempt(work);
  return {
    answer: (call: CallSnapshot) => attempt(() => calls.answer(call.id)),
    decline: (call: CallSnapshot, reason: 'decline' | 'busy' = 'decline') => attempt(() => calls.decline(call.id, reason)),
    hangUp: (call: CallSnapshot) => attempt(() => calls.hangUp(call.id)),
    toggleMute: (call: CallSnapshot) => attempt(() => calls.setMuted(call.id, !call.muted)),
    toggleHold: (call: CallSnapshot) => attempt(() => (isHeld(call) ? calls.unhold(call.id) : calls.hold(call.id))),
    toggleRecording: (call: CallSnapshot) => recording.toggle(call),
    sendDigits: (call: CallSnapshot, digits: string) => attempt(() => calls.sendDigits(call.id, digits)),
    dismiss: (call: CallSnapshot) => attempt(() => calls.dismiss(call)),
  };
}
