import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { CallReport, ReportFilter, ReportKind, ReportPeriod } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { addDays, periodOf, toDate, type ComparedPeriod, type PeriodName } from './report-period.ts';

type ReportsByKind = { [K in ReportKind]: Extract<CallReport, { kind: K }> };

/** The figures, and which calls they are of. */
export interface Reports extends ReportsByKind, ComparedPeriod {
  filter: ReportFilter;
}

const kinds: readonly ReportKind[] = ['summary', 'days', 'hours', 'people', 'lines', 'callbacks'];
/** Calls often end in bunches; one look at them is enough. */
const settleMilliseconds = 500;

/** What the reports are about, and the figures as the agent last counted them. */
export const useReportsStore = defineStore('reports', () => {
  const bridge = useBridge();
  const name = ref<PeriodName>('thisMonth');
  const own = ref<ReportPeriod>({ from: addDays(toDate(Date.now()), -29), to: toDate(Date.now()) });
  const filter = ref<ReportFilter>({});
  const reports = ref<Reports | null>(null);
  const failure = ref<ErrorReport | null>(null);
  const loading = ref(false);
  /** The reports are before the user's eyes. */
  const shown = ref(false);
  let asked = 0;

  /** What is on the screen stays there until the new figures are all in. */
  async function load(): Promise<void> {
    const turn = ++asked;
    loading.value = true;
    const compared = periodOf(name.value, own.value, Date.now());
    const about = { ...compared, filter: { ...filter.value } };
    try {
      const answers = await Promise.all(kinds.map((kind) => bridge.call('reports.run', { kind, ...about })));
      if (turn !== asked) return;
      const byKind = Object.fromEntries(answers.map((answer) => [answer.kind, answer])) as ReportsByKind;
      reports.value = { ...byKind, ...about };
      failure.value = null;
    } catch (error) {
      if (turn === asked) failure.value = toReport(error);
    } finally {
      if (turn === asked) loading.value = false;
    }
  }

  function show(on: boolean): void {
    shown.value = on;
    if (on) void load();
  }

  const renew = useDebounceFn(() => (shown.value ? load() : undefined), settleMilliseconds);
  watch([name, own, filter], () => (shown.value ? load() : undefined), { deep: true });
  bridge.on('callLog.recorded', ({ record }) => void (record.endedAt !== null && renew()));
  bridge.on('callLog.annotated', () => void renew());
  bridge.on('people.named', () => void renew());
  bridge.on('people.changed', () => void renew());
  bridge.on('records.replaced', () => void renew());

  return { name, own, filter, reports, failure, loading, load, show };
});
