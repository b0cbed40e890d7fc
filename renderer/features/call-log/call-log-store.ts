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

  const missed = computed(() => records.value.filter((record) => record.disposition === 'missed'));
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

  function select(id: string | null): void {
    selectedId.value = id;
  }

  return { records, loaded, missed, lastDialled, selectedId, selected, load, select };
});
