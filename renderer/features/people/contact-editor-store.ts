import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { OwnContact } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { draftOf } from './contact-draft.ts';
import type { ContactDraft } from './contact-draft.ts';

/** The contact that is being written, if any; one at a time. */
export const useContactEditorStore = defineStore('contactEditor', () => {
  const bridge = useBridge();
  /** `handle` is null for a new one. */
  const editing = shallowRef<{ handle: string | null; draft: ContactDraft } | null>(null);

  function create(prefill: Partial<OwnContact> = {}): void {
    editing.value = { handle: null, draft: draftOf(prefill) };
  }

  async function edit(handle: string): Promise<void> {
    const contact = await bridge.call('people.own', { handle });
    if (contact) editing.value = { handle, draft: draftOf(contact) };
  }

  /** Gives the person's id. Rejects with what the agent says. */
  async function save(contact: OwnContact): Promise<string | null> {
    const at = editing.value;
    if (!at) return null;
    const { personId } = await bridge.call('people.save', { handle: at.handle, contact });
    if (editing.value === at) editing.value = null;
    return personId;
  }

  function close(): void {
    editing.value = null;
  }

  return { editing, create, edit, save, close };
});
