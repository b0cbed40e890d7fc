import { computed, ref } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { Account } from '#contract/ipc/index.ts';
import { useLinesStore } from './lines-store.ts';

/**
 * Saving a line and watching whether its PBX takes it: the test and the diagnosis in one. A line that was refused
 * stays, so that correcting a field and trying again changes it instead of adding another.
 */
export function useLineTrial(existing: string | null = null) {
  const lines = useLinesStore();
  const lineId = ref(existing);
  const sending = ref(false);
  const tried = ref(false);
  const refusal = ref<ErrorReport | null>(null);
  const line = computed(() => lines.lines.find((candidate) => candidate.id === lineId.value) ?? null);

  const state = computed(() => (tried.value ? (line.value?.registration.state ?? null) : null));
  const busy = computed(() => sending.value || state.value === 'registering');
  const error = computed(() => refusal.value ?? (tried.value && !busy.value ? (line.value?.registration.error ?? null) : null));

  async function attempt(account: Account, password: string | null): Promise<void> {
    sending.value = true;
    refusal.value = null;
    try {
      if (lineId.value && line.value) await lines.update(lineId.value, account, password);
      else lineId.value = await lines.add(account, password ?? '');
      tried.value = true;
    } catch (failure) {
      refusal.value = toReport(failure);
    }
    sending.value = false;
  }

  return { line, state, busy, error, attempt };
}
