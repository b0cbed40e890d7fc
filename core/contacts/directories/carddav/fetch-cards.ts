import { AnswerTooLong } from '#core/network/index.ts';
import { davText, type DavAnswer } from './dav-answer.ts';
import type { DavClient } from './dav-client.ts';

export interface FetchedCard {
  /** Decoded. */
  path: string;
  /** `gone`: deleted meanwhile. */
  text: string | 'gone' | 'too-large' | 'unreadable';
  tag: string;
}

/** Cards in one request. */
const batchSize = 40;

/** The cards of these paths, some at a time. Where they are too large together, fewer are asked for. */
export async function* fetchCards(
  client: DavClient,
  book: string,
  wanted: readonly { path: string; wirePath: string }[],
): AsyncGenerator<FetchedCard[]> {
  for (let at = 0; at < wanted.length; at += batchSize)
    yield* fetchBatch(client, book, wanted.slice(at, at + batchSize));
}

async function* fetchBatch(
  client: DavClient,
  book: string,
  batch: readonly { path: string; wirePath: string }[],
): AsyncGenerator<FetchedCard[]> {
  const paths = batch.map(({ wirePath }) => wirePath);
  const answers = await client.cards(book, paths).catch((error: unknown) => {
    if (error instanceof AnswerTooLong) return null;
    throw error;
  });
  if (answers) {
    const byPath = new Map(answers.map((answer) => [answer.path, answer]));
    yield batch.map(({ path }) => toCard(path, byPath.get(path)));
  } else if (batch.length === 1) {
    yield batch.map(({ path }) => ({ path, text: 'too-large', tag: '' }));
  } else {
    const half = Math.ceil(batch.length / 2);
    yield* fetchBatch(client, book, batch.slice(0, half));
    yield* fetchBatch(client, book, batch.slice(half));
  }
}

function toCard(path: string, answer: DavAnswer | undefined): FetchedCard {
  const tag = davText(answer?.properties['getetag']);
  if (!answer || answer.status === 404) return { path, text: 'gone', tag };
  return { path, text: davText(answer.properties['addressData']) || 'unreadable', tag };
}
