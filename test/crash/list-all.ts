import type { CallRecord } from '#contract/ipc/index.ts';

/** The most that the contract lets anybody ask for at once. */
const most = 1000;

type List = (period: { from: number; to: number; limit: number }) => Promise<CallRecord[]>;

/** Everything in a log, however much: halves the time until each part fits into one answer. Times in Unix ms. */
export async function listAll(list: List, from = 0, to = 2 ** 42): Promise<CallRecord[]> {
  const records = await list({ from, to, limit: most });
  if (records.length < most) return records;
  // The newest come first: what is missing lies before the last one.
  const oldest = records.at(-1)?.offeredAt ?? from;
  const middle = Math.max(from + 1, Math.min(oldest, to - 1));
  if (to - from <= 1) throw new Error(`more than ${most} calls in one millisecond`);
  return [...(await listAll(list, middle, to)), ...(await listAll(list, from, middle))];
}
