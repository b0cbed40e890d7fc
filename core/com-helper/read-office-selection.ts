import { z } from 'zod';
import { askComHelper } from './ask-com-helper.ts';

const selection = z.object({
  kind: z.enum(['excel', 'contact', 'message', 'none']),
  text: z.string(),
  name: z.string(),
});

/** What is selected in the window of Office in front; all of it is hostile text. */
export interface OfficeSelection {
  kind: 'excel' | 'contact' | 'message';
  /** Cells a line each; of a contact `mobile: +7…` a line each; subject and text of a message, which may be long. */
  text: string;
  /** The contact, the sender, or the workbook. */
  name: string;
}

/** ms; whoever pressed a key waits for it. */
const patience = 3000;

/**
 * Null where another program is in front, or nothing is selected.
 * @param window handle of the window that was in front when the key was pressed; 0 asks for the one in front now
 * @throws OffhookError `directory.outlook-missing` (no helper), `directory.outlook-busy`, `directory.failed`
 */
export async function readOfficeSelection(
  command: readonly string[],
  signal: AbortSignal,
  window = 0,
): Promise<OfficeSelection | null> {
  const reply = await askComHelper({ command: 'selection', window }, { command, signal, patience });
  const { kind, text, name } = selection.parse(reply);
  if (kind === 'none' || text.trim() === '') return null;
  return { kind, text, name };
}
