import { ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { DirectoryPreview, SheetMapping } from '#contract/ipc/index.ts';
import type { SourceDraft } from './source-draft.ts';

/** How the sheets of a preview are read: as told at last, one mapping for each table, and as the user asks for. */
export function useMappings(draft: Ref<SourceDraft>, preview: Ref<DirectoryPreview | null>, lookSoon: () => void) {
  const asked = ref<SheetMapping[]>([]);
  watch(
    preview,
    (next) => {
      asked.value = next?.tables.map(({ mapping }) => mapping) ?? [];
    },
    { flush: 'sync' },
  );

  /** Those of all files, also of such as the preview did not come to. */
  function whole(): SheetMapping[] {
    const seen = new Set(asked.value.map(({ file }) => file));
    return [...asked.value, ...draft.value.mappings.filter(({ file }) => !seen.has(file))];
  }

  /** What needs no new look at the file is shown at once; the rest once the agent has looked. */
  function ask(next: SheetMapping[]): void {
    for (const [index, mapping] of next.entries()) {
      const table = preview.value?.tables[index];
      const same = table?.mapping.file === mapping.file && table.mapping.sheet === mapping.sheet;
      if (table && same && mapping.columns.length > 0) table.mapping = mapping;
    }
    asked.value = next;
    draft.value.mappings = whole();
    lookSoon();
  }

  return { asked, whole, ask };
}
