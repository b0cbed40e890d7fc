import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed, nextTick, watch } from 'vue';
import type { Ref } from 'vue';
import { useSheetTableStore } from './sheet-table-store.ts';

/** Rows of the sheet in sight alone are in the page, each of one height in px; the header above them scrolls with them. */
export function useVirtualRows(scroller: Readonly<Ref<HTMLElement | null>>, rowHeight: number, header = 0) {
  const table = useSheetTableStore();
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>(
    computed(() => ({
      count: table.total,
      estimateSize: () => rowHeight,
      getScrollElement: () => scroller.value,
      overscan: 6,
      scrollPaddingStart: header,
    })),
  );
  const items = computed(() => {
    // Named, so that a page that comes is drawn.
    void table.pages;
    return virtualizer.value.getVirtualItems().map(({ index, start }) => ({ index, start, row: table.rowAt(index) }));
  });
  const range = computed(() => virtualizer.value.range);
  watch([() => range.value?.startIndex, () => range.value?.endIndex, () => table.total], ([from, to]) => {
    if (from !== undefined && to !== undefined) table.look(from, to);
  });
  watch(
    () => table.shift,
    ({ by }) => {
      if (scroller.value) scroller.value.scrollTop += by * rowHeight;
    },
  );
  watch(
    () => table.shown,
    async () => {
      await nextTick();
      if (scroller.value) scroller.value.scrollTop = 0;
    },
  );

  return {
    items,
    height: computed(() => virtualizer.value.getTotalSize()),
    show: (index: number) => virtualizer.value.scrollToIndex(index, { align: 'auto' }),
    fitting: () => Math.max(1, Math.floor(((scroller.value?.clientHeight ?? 0) - header) / rowHeight) - 1),
  };
}
