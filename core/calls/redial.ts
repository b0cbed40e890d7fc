import { OffhookError } from '#contract/errors.ts';
import type { CallLog } from '#core/call-log/index.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';
import { placeCall } from './place-call.ts';

/** Remembers what was dialled last, so that redialling waits for no disk; the log knows it across restarts. */
export class RedialMemory {
  private text: string | null = null;

  async load(callLog: CallLog): Promise<void> {
    const stored = await callLog.lastDialled();
    this.text ??= stored;
  }

  /** Only what the log still knows. */
  async reload(callLog: CallLog): Promise<void> {
    this.text = await callLog.lastDialled();
  }

  note(text: string): void {
    this.text = text;
  }

  /** @throws OffhookError `number.empty` when nothing was ever dialled */
  redial(services: CallServices): Call {
    if (this.text === null) throw new OffhookError('number.empty');
    return placeCall(services, this.text, null);
  }
}
