import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Problem, SessionSnapshot } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useFavouritesStore } from '#renderer/features/favourites/favourites-store.ts';
import { useFollowUpsStore } from '#renderer/features/follow-ups/follow-ups-store.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { useRecordsStore } from '#renderer/features/records/records-store.ts';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';
import { useNoticesStore } from './notices-store.ts';

export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';

/** The window's tie to the agent; hands the first snapshot out to the stores that mirror its parts. */
export const useSessionStore = defineStore('session', () => {
  const bridge = useBridge();
  const [lines, calls, settings] = [useLinesStore(), useCallsStore(), useSettingsStore()];
  const [followUps, favourites] = [useFollowUpsStore(), useFavouritesStore()];
  const [callLog, notices, records] = [useCallLogStore(), useNoticesStore(), useRecordsStore()];
  const connection = ref<ConnectionState>('connecting');
  const info = ref<Pick<SessionSnapshot, 'version' | 'shell' | 'secretStore' | 'demo'> | null>(null);
  const problems = ref<Problem[]>([]);

  async function open(): Promise<void> {
    const snapshot = await bridge.call('session.open', {});
    const { version, shell, secretStore, demo } = snapshot;
    info.value = { version, shell, secretStore, demo };
    problems.value = snapshot.problems;
    settings.mirror(snapshot.settings);
    lines.mirror(snapshot.lines);
    calls.mirror(snapshot.calls);
    connection.value = 'open';
    await Promise.all([callLog.load(), followUps.load(), favourites.load(), records.load()]);
  }

  bridge.on('problems.changed', (payload) => {
    problems.value = payload.problems;
  });
  bridge.on('records.replaced', () => {
    void notices.attempt(() => Promise.all([callLog.load(), followUps.load(), favourites.load()]));
  });
  bridge.onConnection((state) => {
    if (state === 'open') void notices.attempt(open);
    else connection.value = 'lost';
  });
  bridge.onRefused(() => {
    connection.value = 'refused';
  });

  /** Starts the built-in exchange; the snapshot is asked for again, because the demo's numbers come with it. */
  async function startDemo(): Promise<void> {
    await bridge.call('session.startDemo', {});
    await open();
  }

  async function dismissProblem(problemId: string): Promise<void> {
    await bridge.call('session.dismissProblem', { problemId });
  }

  return { connection, info, problems, startDemo, dismissProblem };
});
