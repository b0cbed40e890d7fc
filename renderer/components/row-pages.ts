import { computed, ref, shallowRef } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';

/** What a list of very many rows is made of. */
export interface RowSource<Question, Row> {
  ask(question: Question, offset: number, limit: number): Promise<{ total: number; rows: readonly Row[] }>;
  /** Stays the row's own when others come before it. */
  keyOf(row: Row): string;
}

const pageSize = 100;
/** Pages kept beside those in sight. */
const mostPages = 60;
/** Requests under way at once: whoever drags the scroll bar passes many pages and looks at few. */
const mostRequests = 2;

/**
 * A list of which only the pages in sight are asked for, wherever in it that is. The latest question wins, and what is
 * shown stays until its answer comes; the same where rows have changed.
 */
export function useRowPages<Question, Row>(source: RowSource<Question, Row>) {
  const pages = shallowRef<ReadonlyMap<number, readonly Row[]>>(new Map());
  const total = ref(0);
  /** What the pages answer to; null before the first answer. */
  const shown = shallowRef<Question | null>(null);
  const busy = ref(false);
  const error = shallowRef<ErrorReport | null>(null);
  /** How many rows what is looked at has moved, each time that it has. */
  const shift = shallowRef({ by: 0 });
  let stale = new Set<number>();
  let pending = new Set<number>();
  let range: readonly [number, number] = [0, 0];
  let anchor: { key: string; index: number } | null = null;
  let generation = 0;
  let changedMeanwhile = false;
  let again: () => void = () => {};

  const rowAt = (index: number): Row | null =>
    pages.value.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null;
  const ask = (question: Question, page: number) => source.ask(question, page * pageSize, pageSize);

  function fail(problem: unknown, retry: () => void): void {
    error.value = toReport(problem);
    again = retry;
  }

  async function show(question: Question): Promise<void> {
    const mine = ++generation;
    pending = new Set();
    busy.value = true;
    changedMeanwhile = false;
    try {
      const answer = await ask(question, 0);
      if (mine !== generation) return;
      [stale, anchor, error.value] = [new Set(), null, null];
      [shown.value, total.value, pages.value] = [question, answer.total, new Map([[0, answer.rows]])];
    } catch (problem) {
      if (mine === generation) fail(problem, () => void show(question));
    }
    if (mine !== generation) return;
    busy.value = false;
    if (changedMeanwhile) renew();
    else pump();
  }

  function wanted(): number[] {
    const last = Math.max(0, Math.ceil(total.value / pageSize) - 1);
    const [from, to] = range.map((index) => Math.min(last, Math.floor(index / pageSize))) as [number, number];
    const near = anchor ? [from - 1, from + 1] : [];
    const inSight = Array.from({ length: to - from + 1 }, (_, step) => from + step);
    return [...new Set([...inSight, ...near])].filter((page) => page >= 0 && page <= last);
  }

  function pump(): void {
    if (error.value || !shown.value || busy.value) return;
    for (const page of wanted()) {
      if (pending.size >= mostRequests) return;
      if (!pending.has(page) && (stale.has(page) || !pages.value.has(page))) void load(shown.value, page);
    }
  }

  async function load(question: Question, page: number): Promise<void> {
    const [mine, requests] = [generation, pending];
    requests.add(page);
    try {
      const answer = await ask(question, page);
      if (mine !== generation) return;
      take(page, answer);
    } catch (problem) {
      if (mine === generation) fail(problem, pump);
    }
    requests.delete(page);
    if (mine === generation) pump();
  }

  function take(page: number, answer: { total: number; rows: readonly Row[] }): void {
    stale.delete(page);
    const kept = new Map([...pages.value, [page, answer.rows] as const]);
    for (const one of kept.keys()) if (kept.size > mostPages && !wanted().includes(one)) kept.delete(one);
    [pages.value, total.value] = [kept, answer.total];
    const at = anchor ? answer.rows.findIndex((row) => source.keyOf(row) === anchor?.key) : -1;
    if (anchor && at >= 0) {
      const by = page * pageSize + at - anchor.index;
      anchor = null;
      if (by !== 0) shift.value = { by };
    } else if (anchor && !wanted().some((one) => stale.has(one))) {
      anchor = null;
    }
  }

  /** Rows in sight, the last one included: what is not there of them is asked for. */
  function look(from: number, to: number): void {
    range = [Math.max(0, from), Math.max(0, to)];
    pump();
  }

  /** Anybody may be another: what is in sight is asked for now, the rest when it comes into sight. */
  function renew(): void {
    if (busy.value) changedMeanwhile = true;
    if (busy.value || !shown.value) return;
    stale = new Set(pages.value.keys());
    const first = rowAt(range[0]);
    anchor = first && range[0] > 0 ? { key: source.keyOf(first), index: range[0] } : null;
    pump();
  }

  function retry(): void {
    error.value = null;
    again();
  }

  return {
    pages,
    total,
    shown,
    busy,
    error,
    shift,
    loaded: computed(() => shown.value !== null),
    rowAt,
    show,
    look,
    renew,
    retry,
  };
}
