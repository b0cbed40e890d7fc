import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed, nextTick, onBeforeUnmount, onMounted, watch } from 'vue';
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
  let slots = 1;
  /** `slot`: of an element that goes out of sight and comes into it again as another row, which costs less than a new one. */
  const items = computed(() => {
    // Named, so that a page that comes is drawn.
    void table.pages;
    const seen = virtualizer.value.getVirtualItems();
    slots = Math.max(slots, seen.length);
    return seen.map(({ index, start }) => ({ index, start, slot: index % slots, row: table.rowAt(index) }));
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

  onMounted(() => {
    if (scroller.value && table.left.question === table.shown) scroller.value.scrollTop = table.left.top;
  });
  onBeforeUnmount(() => (table.left = { top: scroller.value?.scrollTop ?? 0, question: table.shown }));

  return {
    items,
    height: computed(() => virtualizer.value.getTotalSize()),
    show: (index: number) => virtualizer.value.scrollToIndex(index, { align: 'auto' }),
    fitting: () => Math.max(1, Math.floor(((scroller.value?.clientHeight ?? 0) - header) / rowHeight) - 1),
  };
}
