import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { CommandInput, DirectoryConfig, DirectoryKind, DirectoryStatus } from '#contract/ipc/index.ts';
import { useDirectoriesStore } from './directories-store.ts';
import { bareName } from './path-parts.ts';
import { blankDraft, fromDraft, toDraft, toldTo } from './source-draft.ts';
import type { DraftField } from './source-draft.ts';
import { hostOf, isFileKind } from './source-kinds.ts';
import { useMappings } from './use-mappings.ts';
import { useSignIn } from './use-sign-in.ts';
import { useSourcePreview } from './use-source-preview.ts';

/** `import` reads a file into Offhook's own contacts, once. */
export type SetupGoal = { kind: 'add' } | { kind: 'import' } | { kind: 'edit'; id: string };
export type SetupStep = 'kind' | 'form' | 'preview' | 'finish';
export type SetupField = DraftField | 'secret' | 'label';

const usualMinutes: Partial<Record<DirectoryKind, number>> = { sheet: 15, vcard: 15, outlook: 30 };

/**
 * A source that is being connected or changed. It is kept here and not in a component, so that a call that comes
 * meanwhile, or a look at another screen, takes nothing of what was typed.
 */
export const useSourceSetupStore = defineStore('sourceSetup', () => {
  const directories = useDirectoriesStore();
  const goal = ref<SetupGoal | null>(null);
  const step = ref<SetupStep>('kind');
  const draft = ref(blankDraft());
  /** Typed here; goes to the agent once and never comes back. */
  const secret = ref('');
  const label = ref('');
  const everyMinutes = ref('60');
  /** A kept password is to be replaced. */
  const changesSecret = ref(false);
  const wrong = ref(new Set<SetupField>());
  const saving = ref(false);
  const refusal = ref<ErrorReport | null>(null);
  const untouched = ref('');

  const stored = computed<DirectoryStatus | null>(() =>
    goal.value?.kind === 'edit' ? directories.find(goal.value.id) : null,
  );
  const steps = computed<SetupStep[]>(() => {
    if (goal.value?.kind === 'import') return ['form', 'preview'];
    if (draft.value.kind === 'pbx') return ['finish'];
    return goal.value?.kind === 'edit' ? ['form', 'preview', 'finish'] : ['kind', 'form', 'preview', 'finish'];
  });
  const snapshot = () => JSON.stringify([draft.value, label.value, everyMinutes.value]);
  const dirty = computed(() => goal.value !== null && (secret.value !== '' || snapshot() !== untouched.value));
  const read = computed(() => fromDraft(draft.value));
  /** The kept password goes to nobody but whom it was kept for. */
  const keepsSecret = computed(() => {
    const config = read.value.config;
    return stored.value?.hasSecret === true && (config === null || toldTo(config) === toldTo(stored.value.config));
  });
  const needsSecret = computed(() => {
    const { kind, user, bindName } = draft.value;
    return kind === 'carddav' || kind === 'onec' ? user.trim() !== '' : kind === 'ldap' && bindName.trim() !== '';
  });

  const signIn = useSignIn(() => {
    if (step.value === 'form') void advance();
  });
  const trial = useSourcePreview(() => {
    const config = goal.value ? check() : null;
    return config && askingWith(config);
  });
  const mapping = useMappings(draft, trial.preview, trial.lookSoon);
  const error = computed(() => refusal.value ?? trial.error.value);
  const busy = computed(() => saving.value || trial.trying.value);

  /** The configuration as typed, or null with the fields named that cannot be so. */
  function check(): DirectoryConfig | null {
    const fields = new Set<SetupField>(read.value.wrong ?? []);
    if (needsSecret.value && secret.value === '' && !keepsSecret.value) fields.add('secret');
    wrong.value = fields;
    return fields.size === 0 ? read.value.config : null;
  }

  function askingWith(config: DirectoryConfig): CommandInput<'directories.preview'> {
    return {
      config,
      secret: needsSecret.value ? secret.value || null : null,
      directoryId: keepsSecret.value && stored.value ? stored.value.id : null,
      signInId: signedInId(),
    };
  }
  const signedInId = () => (signIn.stage.value === 'done' ? (signIn.begun.value?.signInId ?? null) : null);

  function start(next: SetupGoal, at?: SetupStep): void {
    close();
    goal.value = next;
    const source = stored.value;
    draft.value = source ? toDraft(source.config) : blankDraft();
    label.value = source?.label ?? '';
    everyMinutes.value = String(source?.everyMinutes ?? 60);
    step.value = steps.value[0] ?? 'form';
    untouched.value = snapshot();
    if (at === 'preview') void advance();
  }

  function choose(kind: DirectoryKind): void {
    const wasDirty = dirty.value;
    draft.value.kind = kind;
    everyMinutes.value = String(usualMinutes[kind] ?? 60);
    // Whoever has only said what it is has typed nothing that could be lost.
    if (!wasDirty) untouched.value = snapshot();
    trial.clear();
    goTo('form');
  }

  function goTo(next: SetupStep): void {
    [step.value, refusal.value, wrong.value] = [next, null, new Set()];
    if (next === 'form') trial.error.value = null;
  }

  function back(): void {
    const before = steps.value[steps.value.indexOf(step.value) - 1];
    if (before) goTo(before);
  }

  /** From the form through a trial; from the last step by saving. */
  async function advance(): Promise<void> {
    const next = steps.value[steps.value.indexOf(step.value) + 1];
    if (step.value === 'form' && !(await trial.look())) return;
    if (next === 'finish' && label.value.trim() === '') label.value = usualLabel();
    if (next) goTo(next);
    else await save();
  }

  function usualLabel(): string {
    const { kind, path, url, host } = draft.value;
    if (isFileKind(kind)) return bareName(path).slice(0, 80);
    return (kind === 'ldap' ? host : kind === 'carddav' || kind === 'onec' ? hostOf(url) : '').slice(0, 80);
  }

  /** What was seen and not contradicted is as good as said: the next reading does not guess again. */
  function confirmed(config: DirectoryConfig): DirectoryConfig {
    return config.kind === 'sheet' ? { ...config, mappings: mapping.whole() } : config;
  }

  async function save(): Promise<void> {
    const config = check();
    if (label.value.trim() === '' && goal.value?.kind !== 'import') wrong.value.add('label');
    if (!config || wrong.value.size > 0) return;
    saving.value = true;
    refusal.value = null;
    try {
      await send(confirmed(config));
      close();
    } catch (failure) {
      refusal.value = toReport(failure);
    }
    saving.value = false;
  }

  async function send(config: DirectoryConfig): Promise<void> {
    const named = { label: label.value.trim(), config, everyMinutes: Number(everyMinutes.value) };
    const signInId = signedInId();
    const given = needsSecret.value ? secret.value || null : null;
    if (goal.value?.kind === 'import') await directories.importFile(config);
    else if (goal.value?.kind !== 'edit') await directories.add({ ...named, secret: given, signInId });
    else {
      const forgotten = config.kind !== 'graph' && stored.value?.hasSecret && !needsSecret.value;
      const changed = given !== null || forgotten ? { secret: given } : {};
      await directories.change(goal.value.id, { ...named, ...changed, ...(signInId === null ? {} : { signInId }) });
    }
  }

  function close(): void {
    goal.value = null;
    [secret.value, changesSecret.value] = ['', false];
    goTo('kind');
    trial.clear();
    signIn.clear();
  }

  return {
    ...{
      goal,
      step,
      steps,
      draft,
      secret,
      changesSecret,
      label,
      everyMinutes,
      wrong,
      stored,
      dirty,
      read,
      keepsSecret,
      busy,
      error,
    },
    mappings: mapping.asked,
    ask: mapping.ask,
    preview: trial.preview,
    trying: trial.trying,
    signInStage: signIn.stage,
    signInBegun: signIn.begun,
    signInError: signIn.error,
    beginSignIn: signIn.begin,
    ...{ start, choose, back, goTo, advance, lookSoon: trial.lookSoon, save, close },
  };
});
