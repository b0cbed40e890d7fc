import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { CommandInput, CommandResult, DirectoryPreview, DirectoryStatus } from '#contract/ipc/index.ts';
import type { ErrorReport } from '#contract/errors.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

export type SourcePatch = CommandInput<'directories.change'>['patch'];
export type FolderListing = CommandResult<'directories.browse'>;

/** The sources of people as the agent last told, in the user's order; null until it has. */
export const useDirectoriesStore = defineStore('directories', () => {
  const bridge = useBridge();
  const directories = ref<DirectoryStatus[] | null>(null);
  /** How sign-ins ended, by their id. */
  const signedIn = ref<Record<string, { error: ErrorReport | null }>>({});
  const others = computed(() => directories.value?.filter(({ kind }) => kind !== 'own') ?? []);

  bridge.on('directories.changed', (payload) => (directories.value = payload.directories));
  bridge.on('directories.signedIn', ({ signInId, error }) => {
    signedIn.value = { ...signedIn.value, [signInId]: { error } };
  });
  bridge.onConnection((state) => {
    // What failed to come is asked for by whoever shows it.
    if (state === 'open' && directories.value) void load().catch(() => undefined);
  });

  async function load(): Promise<void> {
    directories.value = await bridge.call('directories.list', {});
  }
  const find = (id: string) => directories.value?.find((each) => each.id === id) ?? null;

  async function change(id: string, patch: SourcePatch): Promise<void> {
    await bridge.call('directories.change', { id, patch });
  }

  /** To the place `to`, counted from 0; shown at once, and as it was where the agent refuses. */
  async function move(id: string, to: number): Promise<void> {
    const before = directories.value ?? [];
    const moved = before.find((each) => each.id === id);
    if (!moved || to < 0 || to >= before.length) return;
    const next = before.filter((each) => each.id !== id);
    next.splice(to, 0, moved);
    directories.value = next;
    try {
      await bridge.call('directories.sort', { ids: next.map((each) => each.id) });
    } catch (failure) {
      directories.value = before;
      throw failure;
    }
  }

  const preview = (asked: CommandInput<'directories.preview'>): Promise<DirectoryPreview> =>
    bridge.call('directories.preview', asked);
  const add = (asked: CommandInput<'directories.add'>) => bridge.call('directories.add', asked);
  const remove = (id: string) => bridge.call('directories.remove', { id });
  const refresh = (id: string) => bridge.call('directories.refresh', { id });
  const cancel = (id: string) => bridge.call('directories.cancel', { id });
  const importFile = (config: CommandInput<'directories.import'>['config']) =>
    bridge.call('directories.import', { config });
  const browse = (path: string | null): Promise<FolderListing> => bridge.call('directories.browse', { path });
  const signIn = (config: CommandInput<'directories.signIn'>['config']) =>
    bridge.call('directories.signIn', { config });

  return {
    directories,
    others,
    signedIn,
    load,
    find,
    change,
    move,
    preview,
    add,
    remove,
    refresh,
    cancel,
    importFile,
    browse,
    signIn,
  };
});
