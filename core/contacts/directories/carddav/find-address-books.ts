import { OffhookError } from '#contract/errors.ts';
import { davText, hrefsOf, isResource, type DavAnswer } from './dav-answer.ts';
import type { DavClient } from './dav-client.ts';

export interface AddressBook {
  url: string;
  label: string;
  /** Changes with each change of a card; null where the server has none. */
  token: string | null;
}

const ownProperties = {
  'd:resourcetype': {},
  'd:displayname': {},
  'd:sync-token': {},
  'd:current-user-principal': {},
  'card:addressbook-home-set': {},
};
const bookProperties = { 'd:resourcetype': {}, 'd:displayname': {}, 'd:sync-token': {} };

/**
 * The address books behind the address of a server, an account or one of them: by what the address itself says, else by
 * the server's well-known address.
 * @throws OffhookError `directory.empty` where there is none
 */
export async function findAddressBooks(client: DavClient, url: string): Promise<AddressBook[]> {
  const books = await booksAt(client, url).catch((error: unknown) => {
    // A page for people, or nothing: what is looked for may begin elsewhere on the server.
    if (error instanceof OffhookError && error.code === 'directory.bad-answer') return error;
    throw error;
  });
  if (Array.isArray(books) && books.length > 0) return books;
  const start = await client.wellKnown(url);
  const others = start === url ? [] : await booksAt(client, allowed(start, url));
  if (others.length > 0) return others;
  if (books instanceof OffhookError) throw books;
  throw new OffhookError('directory.empty', { values: { file: new URL(url).host }, detail: 'no address books' });
}

async function booksAt(client: DavClient, url: string): Promise<AddressBook[]> {
  const [self] = await client.find(url, ownProperties, '0');
  if (!self) return [];
  if (isResource(self, 'addressbook')) return [toBook(self)];
  const homes = await homesOf(client, self, url);
  const lists = await Promise.all(
    (homes.length > 0 ? homes : [url]).map((home) => client.find(home, bookProperties, '1')),
  );
  const books = lists
    .flat()
    .filter((answer) => isResource(answer, 'addressbook'))
    .map(toBook);
  return books.filter(({ url: each }, index) => books.findIndex((other) => other.url === each) === index);
}

/** Where the account's address books lie; none for an address that knows of no account. */
async function homesOf(client: DavClient, self: DavAnswer, url: string): Promise<string[]> {
  const own = hrefsOf(self.properties['addressbookHomeSet']);
  const toUrl = (href: string, base: string) => allowed(new URL(href, base).href, url);
  if (own.length > 0) return own.map((href) => toUrl(href, url));
  const [principal] = hrefsOf(self.properties['currentUserPrincipal']);
  if (!principal) return [];
  const at = toUrl(principal, url);
  const [account] = await client.find(at, { 'card:addressbook-home-set': {} }, '0');
  return hrefsOf(account?.properties['addressbookHomeSet']).map((href) => toUrl(href, at));
}

/** A server may send us to another one by HTTPS alone: the password goes along. */
function allowed(to: string, from: string): string {
  const [target, origin] = [new URL(to), new URL(from)];
  if (target.protocol === 'https:' || (target.hostname === origin.hostname && target.protocol === origin.protocol))
    return to;
  const detail = `address books at ${target.origin}`;
  throw new OffhookError('directory.bad-answer', { values: { host: origin.host }, detail });
}

function toBook({ url, path, properties }: DavAnswer): AddressBook {
  const name = path.split('/').filter(Boolean).at(-1) ?? url.host;
  const token = davText(properties['syncToken']) || null;
  return { url: url.href, label: (davText(properties['displayname']) || name).slice(0, 200), token };
}
