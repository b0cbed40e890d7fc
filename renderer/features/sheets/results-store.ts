import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { CallResult, SheetRow } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** `callId`: of the call that the result is of, where one was made from here. */
export interface ResultDraft extends CallResult {
  callId: string | null;
}

export const noResult = (): ResultDraft => ({
  outcome: null,
  note: '',
  calledAt: null,
  followUpAt: null,
  callId: null,
});

/** How it stands with a row's result. `kept`: it is not in the workbook, and does not wait to be. */
export type ResultMark = SheetRow['writing'] | 'draft' | 'kept';

const idOf = (sheetId: string, key: string) => `${sheetId}/${key}`;

/**
 * What the user says came of calls, as long as it is not saved. It is kept here and not in a component, so that a call
 * that comes meanwhile, or a look at another screen, takes nothing of it.
 */
export const useResultsStore = defineStore('sheetResults', () => {
  const bridge = useBridge();
  const drafts = ref<Record<string, ResultDraft>>({});

  const known = (sheetId: string, key: string) => drafts.value[idOf(sheetId, key)] ?? null;
  /** As typed, else as it was said before. */
  const of = (sheetId: string, row: SheetRow): ResultDraft =>
    known(sheetId, row.key) ?? { ...noResult(), ...row.result };

  /** What was said and is not saved is marked first of all. */
  function markOf(sheetId: string, row: SheetRow): ResultMark {
    if (known(sheetId, row.key)) return 'draft';
    return row.writing === 'none' && row.result && saysSomething(row.result) ? 'kept' : row.writing;
  }

  function change(sheetId: string, key: string, draft: ResultDraft): void {
    drafts.value = { ...drafts.value, [idOf(sheetId, key)]: draft };
  }

  function forget(sheetId: string, key: string): void {
    const { [idOf(sheetId, key)]: _gone, ...others } = drafts.value;
    drafts.value = others;
  }

  /** A call of the row has begun, at a moment in Unix ms: what will be said is of this one. */
  function beginCall(sheetId: string, key: string, callId: string, at: number): void {
    const before = known(sheetId, key);
    if (before?.callId === callId) return;
    const typed = before && before.callId === null ? before : noResult();
    change(sheetId, key, { ...typed, callId, calledAt: at });
  }

  async function save(sheetId: string, row: SheetRow): Promise<void> {
    const { callId, ...result } = of(sheetId, row);
    await bridge.call('sheets.record', { sheetId, rowKey: row.key, callId, result });
    forget(sheetId, row.key);
  }

  return { drafts, known, of, markOf, change, forget, beginCall, save };
});

/** Whether the user has said anything; the moment of the call alone is not theirs. */
export function saysSomething({ outcome, note, followUpAt }: CallResult): boolean {
  return outcome !== null || note.trim() !== '' || followUpAt !== null;
}
