import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { CallRecord } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { dayStart } from './group-by-day.ts';

const dayMilliseconds = 86_400_000;
const mostRecords = 500;

/** The records of today and yesterday, newest first. */
export const useCallLogStore = defineStore('callLog', () => {
  const bridge = useBridge();
  const records = ref<CallRecord[]>([]);
  const loaded = ref(false);
  const selectedId = ref<string | null>(null);
  const seen = ref(new Set<string>());

  const missed = computed(() => records.value.filter((record) => record.disposition === 'missed'));
  /** Missed, and not looked at in this window yet. */
  const unseenMissed = computed(() => missed.value.filter((record) => !seen.value.has(record.id)));
  const lastDialled = computed(() => records.value.find((record) => record.direction === 'outgoing') ?? null);
  const selected = computed(() => records.value.find((record) => record.id === selectedId.value) ?? null);

  async function load(now: number = Date.now()): Promise<void> {
    const from = dayStart(now) - dayMilliseconds;
    records.value = await bridge.call('callLog.list', { from, to: now + dayMilliseconds, limit: mostRecords });
    loaded.value = true;
  }

  /** A record is told when the call begins and again when it has ended. */
  function take(record: CallRecord): void {
    const others = records.value.filter((known) => known.id !== record.id);
    records.value = [record, ...others].sort((a, b) => b.offeredAt - a.offeredAt).slice(0, mostRecords);
  }
  bridge.on('callLog.recorded', (payload) => take(payload.record));

  /** The list of missed calls is before the user's eyes. */
  function acknowledgeMissed(): void {
    if (unseenMissed.value.length > 0) seen.value = new Set(missed.value.map((record) => record.id));
  }

  function select(id: string | null): void {
    selectedId.value = id;
  }

  return { records, loaded, missed, unseenMissed, lastDialled, selectedId, selected, load, acknowledgeMissed, select };
});
