import type { CallRecord } from '#contract/ipc/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';

/** ms: no call is longer, so whatever ended after a moment was offered so long before it at most. */
const longestCall = 24 * 3_600_000;
const pageSize = 200;

/**
 * All calls that can have ended after this moment (Unix ms), newest first, a page at a time: for whoever was not there
 * to hear of their ends.
 */
export async function* callsEndingAfter(
  archive: Pick<CallArchive, 'query'>,
  moment: number,
): AsyncGenerator<CallRecord[]> {
  const filter = { from: moment - longestCall };
  let after: string | null = null;
  do {
    const page = await archive.query({ filter, after, limit: pageSize });
    yield page.calls.map(({ record }) => record);
    after = page.next;
  } while (after !== null);
}
