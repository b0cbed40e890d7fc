import type { HostAnswer } from '#contract/browser-extension/index.ts';
import { answerBrowser, type BrowserDesk } from './answer-browser.ts';
import { BrokenFrame, frameOf, readFrames } from './frames.ts';

/** Whoever sends so many that are no requests will not send one. */
const mostBadRequests = 20;

export interface BrowserStreams {
  input: AsyncIterable<Buffer>;
  /** Resolves when the browser has taken it. */
  write(frame: Buffer): Promise<void>;
}

const isBad = (answer: HostAnswer) => answer.error?.code === 'bad-request';

/** Answers a browser, one message after the other, until it goes or breaks the protocol. */
export async function serveBrowser({ input, write }: BrowserStreams, desk: BrowserDesk): Promise<void> {
  let bad = 0;
  try {
    for await (const text of readFrames(input)) {
      const answer = await answerBrowser(text, desk);
      await write(frameOf(answer));
      if (isBad(answer)) bad += 1;
      if (bad >= mostBadRequests) return;
    }
  } catch (error) {
    if (!(error instanceof BrokenFrame)) throw error;
    const answer: HostAnswer = { id: 0, result: null, error: { code: 'bad-request', sentence: error.message } };
    await write(frameOf(answer));
  }
}
