import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useCallLogStore } from './call-log-store.ts';

const pauseMilliseconds = 1000;
const retryMilliseconds = 5000;

export type NoteState = 'saved' | 'typing' | 'saving' | 'failed';

interface Draft {
  text: string;
  state: NoteState;
}

/**
 * Notes as they are typed. A text is kept here until the agent has it: by whatever comes between, it is saved later and
 * not lost.
 */
export const useNotesStore = defineStore('notes', () => {
  const bridge = useBridge();
  const log = useCallLogStore();
  const drafts = shallowReactive(new Map<string, Draft>());
  /** Last known from the agent, of calls whose note is on the screen. */
  const known = shallowReactive(new Map<string, string>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  bridge.on('callLog.annotated', ({ call }) => {
    if (known.has(call.record.id)) known.set(call.record.id, call.annotation?.note ?? '');
  });

  function later(callId: string, milliseconds: number): void {
    clearTimeout(timers.get(callId));
    timers.set(
      callId,
      setTimeout(() => void save(callId), milliseconds),
    );
  }

  function edit(callId: string, text: string): void {
    drafts.set(callId, { text, state: drafts.get(callId)?.state === 'saving' ? 'saving' : 'typing' });
    later(callId, pauseMilliseconds);
  }

  /** What is typed, to the agent; one at a time for a call, so that the last one stays. Never rejects. */
  async function save(callId: string): Promise<void> {
    const draft = drafts.get(callId);
    if (!draft || draft.state === 'saving') return;
    clearTimeout(timers.get(callId));
    drafts.set(callId, { ...draft, state: 'saving' });
    try {
      await log.annotate(callId, { note: draft.text });
      known.set(callId, draft.text);
    } catch {
      // Said beside the note, and tried again; the call's record may only be on its way.
      drafts.set(callId, { text: drafts.get(callId)?.text ?? draft.text, state: 'failed' });
      return later(callId, retryMilliseconds);
    }
    const current = drafts.get(callId);
    if (!current || current.text === draft.text) return void drafts.delete(callId);
    drafts.set(callId, { ...current, state: 'typing' });
    later(callId, pauseMilliseconds);
  }

  /** Of a call that is gone for good there is nothing to keep, and nobody to keep it. */
  async function leaveGone(callId: string): Promise<void> {
    if ((await log.get(callId)) !== null) return;
    clearTimeout(timers.get(callId));
    for (const each of [drafts, known, timers]) each.delete(callId);
  }
  bridge.on('records.replaced', () => {
    // Where the agent cannot tell, what is typed stays.
    for (const callId of new Set([...drafts.keys(), ...known.keys()])) leaveGone(callId).catch(() => null);
  });

  /** Learns the note of a call that is on the screen. */
  function learn(callId: string, note: string): void {
    known.set(callId, note);
  }

  async function load(callId: string): Promise<void> {
    const call = await log.get(callId).catch(() => null);
    if (call) learn(callId, call.annotation?.note ?? '');
  }

  const textOf = (callId: string) => drafts.get(callId)?.text ?? known.get(callId) ?? '';
  const stateOf = (callId: string): NoteState => drafts.get(callId)?.state ?? 'saved';
  const saveAll = () => Promise.all([...drafts.keys()].map(save));

  return { edit, save, saveAll, learn, load, textOf, stateOf };
});
