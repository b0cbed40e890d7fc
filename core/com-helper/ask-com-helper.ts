import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { OffhookError } from '#contract/errors.ts';

/** A line of the helper's; see addins/com-helper/README.md. */
export type HelperReply = Record<string, unknown>;

export interface ComHelperOptions {
  /** Its program and arguments. */
  command: readonly string[];
  signal: AbortSignal;
  /** ms without a word after which it is taken for hanging behind a dialog; 60 s when left out. */
  patience?: number;
}

/** What the helper said of a question that it could not carry out. */
export class HelperRefusal extends OffhookError {
  /** Its own word for it; see addins/com-helper/README.md. */
  readonly reason: string;

  constructor(reason: string, detail: string | null) {
    super(reason === 'missing' || reason === 'busy' ? codes[reason] : 'directory.failed', { detail });
    this.reason = reason;
  }
}

/** A cell of Outlook's holds less; what is longer is no answer of the helper's. */
const longestLine = 1_000_000;

const codes = { missing: 'directory.outlook-missing', busy: 'directory.outlook-busy' } as const;

/**
 * Asks the helper one thing in a process of its own, which is ended with the answer, with the signal, or when it hangs.
 * Gives the lines before the last to `take`, and the last.
 * @throws OffhookError `directory.outlook-missing`, `directory.outlook-busy`, `directory.cancelled`, `directory.failed`;
 * a `HelperRefusal` where the helper itself said so
 */
export function askComHelper(
  request: Record<string, unknown>,
  options: ComHelperOptions,
  take: (reply: HelperReply) => Promise<void> = async () => undefined,
): Promise<HelperReply> {
  const { command, signal, patience = 60_000 } = options;
  const [program, ...args] = command;
  if (program === undefined) return Promise.reject(new OffhookError('directory.outlook-missing'));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    let silence = setTimeout(hangs, patience);
    const end = (settle: () => void) => {
      clearTimeout(silence);
      signal.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      settle();
    };
    const fail = (error: OffhookError) => end(() => reject(error));
    function hangs(): void {
      fail(new OffhookError('directory.outlook-busy', { detail: `the helper said nothing for ${patience} ms` }));
    }
    function cancel(): void {
      fail(new OffhookError('directory.cancelled'));
    }
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) return cancel();
    child.once('error', (cause) =>
      fail(new OffhookError('directory.outlook-missing', { detail: 'no helper program', cause })),
    );
    // A helper that has gone is told by its end.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify(request)}\n`);

    const read = async () => {
      for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
        clearTimeout(silence);
        silence = setTimeout(hangs, patience);
        const reply = readLine(line);
        if ('error' in reply) throw toError(reply);
        if (reply['done'] === true) return end(() => resolve(reply));
        await take(reply);
      }
      throw new OffhookError('directory.failed', { detail: 'the helper ended without an answer' });
    };
    read().catch((error: unknown) =>
      fail(
        error instanceof OffhookError
          ? error
          : new OffhookError('directory.failed', { detail: String(error), cause: error }),
      ),
    );
  });
}

function readLine(line: string): HelperReply {
  try {
    const reply: unknown = line.length > longestLine ? null : JSON.parse(line);
    if (typeof reply === 'object' && reply !== null) return reply as HelperReply;
  } catch (cause) {
    throw new OffhookError('directory.failed', { detail: `not JSON from the helper: ${line.slice(0, 80)}`, cause });
  }
  throw new OffhookError('directory.failed', { detail: 'no object from the helper' });
}

function toError({ error, detail }: HelperReply): HelperRefusal {
  const reason = typeof error === 'string' ? error.slice(0, 40) : '';
  return new HelperRefusal(reason, typeof detail === 'string' ? detail.slice(0, 300) : null);
}
