import { useI18n } from 'vue-i18n';
import { OffhookError } from '#contract/errors.ts';
import type { SheetRow } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useSheetViewStore } from './sheet-view-store.ts';
import { useSheetWalkStore } from './sheet-walk-store.ts';
import { useSheetsStore } from './sheets-store.ts';

/** Calling a row by hand, and why it cannot be called now. */
export function useRowCall() {
  const { t } = useI18n();
  const [walk, sheets, view, notices] = [useSheetWalkStore(), useSheetsStore(), useSheetViewStore(), useNoticesStore()];

  /** Empty where it can. */
  function refusal(row: SheetRow): string {
    if (row.numbers.length === 0) return t('sheets.call.noNumber');
    return walk.callUp ? t('sheets.call.up') : '';
  }

  /** The row is shown with it, so that what came of the call is said where it was made. */
  function dial(row: SheetRow, number = 0): void {
    const sheetId = sheets.chosen?.id;
    if (!sheetId) return;
    notices.clear();
    // Whoever presses a button that is off hears why.
    if (refusal(row) !== '') {
      notices.report(new OffhookError(row.numbers.length === 0 ? 'sheet.no-number' : 'sheet.call-up'));
      return;
    }
    void notices.attempt(async () => {
      await walk.dialRow(sheetId, row.key, number);
      view.open(row);
    });
  }

  const isCalled = (row: SheetRow) =>
    walk.liveCall !== null && [walk.dialled?.callId, walk.walk?.callId].includes(walk.liveCall.id) && isOf(row);
  const isOf = ({ key }: SheetRow) =>
    walk.liveCall?.id === walk.dialled?.callId ? walk.dialled?.key === key : walk.walk?.row?.key === key;

  return { refusal, dial, isCalled };
}
