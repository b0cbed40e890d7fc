import { davText, decodedPath, isResource, type DavAnswer } from './dav-answer.ts';
import type { CarddavCursor } from './carddav-cursor.ts';
import type { DavClient } from './dav-client.ts';
import type { AddressBook } from './find-address-books.ts';

export interface BookChanges {
  /** For the next time. */
  token: string | null;
  /** Cards that are new or other than before: path as it goes over the wire, by the decoded one. */
  changed: Map<string, { wirePath: string; tag: string }>;
  /** Decoded paths. */
  gone: string[];
}

/** Parts of a long list of changes; a server that goes on for ever is not followed. */
const mostParts = 1000;

/** By the server's token, else by comparing the tags of all cards. */
export async function findChanges(
  client: DavClient,
  book: AddressBook,
  known: CarddavCursor[string] | null,
): Promise<BookChanges> {
  if (known && book.token !== null && known.token === book.token)
    return { token: book.token, changed: new Map(), gone: [] };
  const since =
    known?.token != null && book.token !== null ? await changesSince(client, book, known, known.token) : null;
  if (since) return since;
  const tags = known?.tags ?? {};
  const cards = cardsOf(await client.find(book.url, { 'd:getetag': {}, 'd:resourcetype': {} }, '1'), book);
  const there = new Map(cards.map((card) => [card.path, card]));
  return {
    token: book.token,
    changed: changedOf(cards, tags),
    gone: Object.keys(tags).filter((path) => !there.has(path)),
  };
}

async function changesSince(
  client: DavClient,
  book: AddressBook,
  { tags }: CarddavCursor[string],
  token: string,
): Promise<BookChanges | null> {
  const last = new Map<string, DavAnswer>();
  let next = token;
  for (let part = 0; part < mostParts; part += 1) {
    const changes = await client.changes(book.url, next);
    if (!changes) return null;
    next = changes.token;
    for (const answer of cardsOf(changes.answers, book)) last.set(answer.path, answer);
    // RFC 6578 3.6: 507 for the address book itself says that there is more.
    if (!changes.answers.some(({ status, path }) => status === 507 && isBook(path, book))) break;
  }
  const answers = [...last.values()];
  return {
    token: next,
    changed: changedOf(
      answers.filter(({ status }) => status < 300),
      tags,
    ),
    gone: answers.filter(({ status, path }) => status === 404 && Object.hasOwn(tags, path)).map(({ path }) => path),
  };
}

function changedOf(cards: readonly DavAnswer[], tags: Record<string, string>): BookChanges['changed'] {
  const tagged = cards.map(({ path, url, properties }) => {
    return [path, { wirePath: url.pathname, tag: davText(properties['getetag']) }] as const;
  });
  return new Map(tagged.filter(([path, { tag }]) => tag === '' || !Object.hasOwn(tags, path) || tags[path] !== tag));
}

/** Neither the address book itself nor a folder within it. */
function cardsOf(answers: readonly DavAnswer[], book: AddressBook): DavAnswer[] {
  return answers.filter((answer) => !isBook(answer.path, book) && !isResource(answer, 'collection'));
}

function isBook(path: string, { url }: AddressBook): boolean {
  return path.replace(/\/$/, '') === decodedPath(new URL(url)).replace(/\/$/, '');
}
