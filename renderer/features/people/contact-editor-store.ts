import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { DirectoryKind, OwnContact } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { draftOf } from './contact-draft.ts';
import type { ContactDraft } from './contact-draft.ts';
import { useDirectoryLabelsStore } from './directory-labels-store.ts';

/** Directories whose own programs take contacts from Offhook. */
const takesContacts: readonly DirectoryKind[] = ['outlook', 'graph'];

/** The contact that is being written, if any; one at a time. */
export const useContactEditorStore = defineStore('contactEditor', () => {
  const bridge = useBridge();
  const labels = useDirectoryLabelsStore();
  /** `handle` is null for a new one. */
  const editing = shallowRef<{ handle: string | null; draft: ContactDraft } | null>(null);

  /** Where a new contact may be kept beside Offhook; none for one that is there already. */
  const places = computed(() =>
    editing.value?.handle === null
      ? labels.directories.filter(({ kind, enabled }) => enabled && takesContacts.includes(kind))
      : [],
  );

  function create(prefill: Partial<OwnContact> = {}): void {
    void labels.load();
    editing.value = { handle: null, draft: draftOf(prefill) };
  }

  async function edit(handle: string): Promise<void> {
    const contact = await bridge.call('people.own', { handle });
    if (contact) editing.value = { handle, draft: draftOf(contact) };
  }

  /**
   * Gives the person's id; null where another program keeps the contact, and who it is will be known when that is read.
   * Rejects with what the agent says.
   */
  async function save(contact: OwnContact, directoryId: string | null = null): Promise<string | null> {
    const at = editing.value;
    if (!at) return null;
    if (directoryId !== null) {
      await bridge.call('people.createIn', { directoryId, contact });
      if (editing.value === at) editing.value = null;
      return null;
    }
    const { personId } = await bridge.call('people.save', { handle: at.handle, contact });
    if (editing.value === at) editing.value = null;
    return personId;
  }

  function close(): void {
    editing.value = null;
  }

  return { editing, places, create, edit, save, close };
});
