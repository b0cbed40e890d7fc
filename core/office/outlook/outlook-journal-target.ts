import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import type { JournalConfigOf } from '#contract/ipc/index.ts';
import { askComHelper, HelperRefusal, type HelperReply } from '#core/com-helper/index.ts';
import {
  callMark,
  describeCall,
  type CallJournalTarget,
  type JournalledCall,
  type JournalLanguage,
} from '../journals/index.ts';

export interface OutlookTargetOptions {
  /** Program and arguments of the helper; null where this computer has none. */
  outlookHelper: readonly string[] | null;
  language: () => JournalLanguage;
  /** ms for which the helper may say nothing before it is ended; Outlook hangs behind a dialog then. */
  patience?: number;
}

const usualPatience = 30_000;
const host = 'Outlook';

const two = (value: number) => String(value).padStart(2, '0');

function localTime(at: number): string {
  const time = new Date(at);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** Calls as journal entries or tasks of classic Outlook, each in a helper process of its own. */
export class OutlookJournalTarget implements CallJournalTarget {
  private readonly kind: JournalConfigOf<'outlook'>['write'];
  private readonly options: OutlookTargetOptions;

  constructor(config: JournalConfigOf<'outlook'>, options: OutlookTargetOptions) {
    this.kind = config.write;
    this.options = options;
  }

  async write(call: JournalledCall, reference: string | null, signal: AbortSignal): Promise<{ reference: string }> {
    const { subject, body } = describeCall(call, this.options.language());
    const begin = call.answeredAt ?? call.offeredAt;
    // Ids of Outlook's have no blanks.
    const [entryId = '', storeId = ''] = (reference ?? '').split(' ');
    const done = await this.ask(
      {
        command: 'journal',
        kind: this.kind,
        callId: callMark(call.callId),
        entryId,
        storeId,
        contactId: call.entryKey ?? '',
        subject,
        firm: call.firm.slice(0, 200),
        body: body.replace(/\n/g, '\r\n'),
        start: localTime(begin),
        minutes: call.answeredAt === null ? 0 : Math.max(1, Math.round((call.endedAt - begin) / 60_000)),
      },
      signal,
    );
    return { reference: `${text(done['entryId'])} ${text(done['storeId'])}` };
  }

  async check(signal: AbortSignal): Promise<{ note: string }> {
    const done = await this.ask({ command: 'journalfolder', kind: this.kind }, signal);
    return { note: text(done['name']) };
  }

  private async ask(request: Record<string, unknown>, signal: AbortSignal): Promise<HelperReply> {
    const { outlookHelper: command, patience = usualPatience } = this.options;
    if (!command) throw new OffhookError('directory.outlook-missing', { detail: 'no helper on this computer' });
    try {
      return await askComHelper(request, { command, signal, patience });
    } catch (error) {
      throw toDeliveryError(error, this.kind);
    }
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** The words of the helper that another try does not change. */
const lastWords: Partial<Record<string, ErrorCode>> = {
  nofolder: 'delivery.no-object',
  gone: 'delivery.refused',
  invalid: 'delivery.refused',
};

/** That Outlook is busy, or not there, has sentences of its own; both are tried again. */
function toDeliveryError(error: unknown, object: string): unknown {
  if (!(error instanceof HelperRefusal)) return error;
  if (error.code !== 'directory.failed') return error;
  const code = lastWords[error.reason] ?? 'delivery.failed';
  return new OffhookError(code, { values: { host, object }, detail: error.detail, cause: error });
}
