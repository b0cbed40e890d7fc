import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryEnvironment, DirectoryReading, DirectorySource, PreviewOutcome } from '../directory-source.ts';
import { openHttpClient, type HttpClientOptions } from '#core/network/index.ts';
import { CarddavRefresh } from './carddav-refresh.ts';
import { DavAuthorization } from './dav-authorization.ts';
import { DavClient } from './dav-client.ts';
import { findAddressBooks, type AddressBook } from './find-address-books.ts';
import { findChanges } from './find-changes.ts';
import { putFetchedCards } from './put-fetched-cards.ts';

const previewed = 20;
/** Of one answer, in bytes: the XML of it takes many times as much to read. */
const mostBytes = 16 * 1024 * 1024;

/** The address books of an account on a CardDAV server (RFC 6352), or some of them. */
export function openCarddavDirectory(
  config: DirectoryConfigOf<'carddav'>,
  environment: DirectoryEnvironment,
  options: Pick<HttpClientOptions, 'timeout' | 'mostBytes'> = {},
): DirectorySource {
  const clientOf = ({ signal, secret }: DirectoryReading) => {
    const http = openHttpClient(environment, { signal, mostBytes, ...options });
    return new DavClient(http, new DavAuthorization(config.user, secret));
  };
  return {
    refresh: async (reading) => {
      const client = clientOf(reading);
      const books = chosenOf(await findAddressBooks(client, config.url), config);
      return await new CarddavRefresh(reading, client, books).run();
    },
    preview: async (reading) => preview(clientOf(reading), config, reading),
  };
}

async function preview(
  client: DavClient,
  config: DirectoryConfigOf<'carddav'>,
  reading: DirectoryReading,
): Promise<PreviewOutcome> {
  const all = await findAddressBooks(client, config.url);
  let [count, left] = [0, previewed];
  for (const book of chosenOf(all, config)) {
    const { changed } = await findChanges(client, book, null);
    count += changed.size;
    const some = [...changed].slice(0, left);
    left -= some.length;
    await putFetchedCards(client, book, new Map(some), reading);
  }
  return { tables: [], count, parts: all.map(({ url, label }) => ({ id: url, label })) };
}

/** @throws OffhookError `directory.bad-answer` where none of those wanted is there */
function chosenOf(books: readonly AddressBook[], { addressBooks, url }: DirectoryConfigOf<'carddav'>): AddressBook[] {
  const wanted = new Set(addressBooks.map(plain));
  const chosen = books.filter((book) => wanted.size === 0 || wanted.has(plain(book.url)));
  if (chosen.length > 0) return chosen;
  const values = { host: new URL(url).host };
  throw new OffhookError('directory.bad-answer', { values, detail: 'the chosen address books are not there' });
}

function plain(url: string): string {
  return url.replace(/\/$/, '').toLowerCase();
}
