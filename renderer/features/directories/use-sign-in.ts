import { computed, ref, watch } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { CommandResult, DirectoryConfig } from '#contract/ipc/index.ts';
import { useDirectoriesStore } from './directories-store.ts';

export type SignIn = CommandResult<'directories.signIn'>;

/** A sign-in in the browser: begun here, ended by an event of the agent. */
export function useSignIn(whenDone: () => void) {
  const directories = useDirectoriesStore();
  const begun = ref<SignIn | null>(null);
  const asking = ref(false);
  const refusal = ref<ErrorReport | null>(null);
  const outcome = computed(() => (begun.value ? (directories.signedIn[begun.value.signInId] ?? null) : null));
  const error = computed(() => refusal.value ?? outcome.value?.error ?? null);
  const stage = computed(() => {
    if (asking.value) return 'asking';
    if (error.value) return 'failed';
    if (!begun.value) return 'none';
    return outcome.value ? 'done' : 'waiting';
  });

  async function begin(config: DirectoryConfig): Promise<void> {
    clear();
    asking.value = true;
    try {
      begun.value = await directories.signIn(config);
    } catch (failure) {
      refusal.value = toReport(failure);
    }
    asking.value = false;
  }

  function clear(): void {
    [begun.value, refusal.value] = [null, null];
  }

  watch(stage, (now) => {
    if (now === 'done') whenDone();
  });

  return { begun, stage, error, begin, clear };
}
