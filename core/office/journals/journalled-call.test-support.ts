import type { JournalledCall } from './call-journal-target.ts';

/** An answered call of 26 November 2026, 14:05 by the computer's own clock. */
export function journalledCall(fields: Partial<JournalledCall> = {}): JournalledCall {
  return {
    callId: 'call-1',
    direction: 'incoming',
    disposition: 'answered',
    number: '+74951234567',
    display: '+7 495 123-45-67',
    name: 'Иванова Ольга',
    firm: 'ООО «Ромашка»',
    entryKey: null,
    offeredAt: new Date(2026, 10, 26, 14, 4, 50).getTime(),
    answeredAt: new Date(2026, 10, 26, 14, 5).getTime(),
    endedAt: new Date(2026, 10, 26, 14, 8, 5).getTime(),
    lineLabel: 'Офис',
    note: 'Ждёт счёт',
    outcome: 'Договорились',
    ...fields,
  };
}
