import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig, DirectoryConfigOf } from '#contract/ipc/index.ts';
import type {
  DirectoryEnvironment,
  DirectoryReading,
  DirectorySource,
  PreviewOutcome,
  RefreshOutcome,
} from '../directory-source.ts';
import { openHttpClient } from '#core/network/index.ts';
import { microsoftEndpoints, packAccount, unpackAccount, type GraphEndpoints } from './graph-account.ts';
import { ExpiredLink, GraphClient } from './graph-client.ts';
import { contactKey, isGone, readContact, type GraphContact } from './graph-contact.ts';
import { readCursor, writeCursor, type FolderLinks } from './graph-cursor.ts';
import { requestToken } from './request-token.ts';

interface Folder {
  id: string;
  name: string;
}

/** Of contacts that lie in no folder of their own. */
const mainFolder: Folder = { id: 'contacts', name: '' };
const mostFolders = 200;
const previewed = 20;

const fields = [
  'displayName,givenName,middleName,surname,companyName,jobTitle,department,businessPhones,homePhones,mobilePhone',
  'emailAddresses,personalNotes,businessHomePage,categories',
].join(',');

const folderPath = ({ id }: Folder) =>
  id === mainFolder.id ? '/me/contacts' : `/me/contactFolders/${encodeURIComponent(id)}/contacts`;

/** Contacts of Microsoft 365 and the new Outlook, each folder by what changed in it since the last time. */
class GraphDirectory implements DirectorySource {
  private readonly config: DirectoryConfigOf<'graph'>;
  private readonly environment: DirectoryEnvironment;
  private readonly endpoints: GraphEndpoints;

  constructor(config: DirectoryConfigOf<'graph'>, environment: DirectoryEnvironment, endpoints: GraphEndpoints) {
    this.config = config;
    this.environment = environment;
    this.endpoints = endpoints;
  }

  async refresh(reading: DirectoryReading): Promise<RefreshOutcome> {
    const client = await this.client(reading);
    const folders = await this.folders(client);
    const earlier = readCursor(reading.cursor);
    // Whose contacts have gone with a folder is not told: then everything is read anew.
    const same = earlier && Object.keys(earlier).every((id) => folders.some((folder) => folder.id === id));
    if (!same) return this.readAll(client, folders, reading);
    try {
      return await this.readChanges(client, folders, earlier, reading);
    } catch (error) {
      if (error instanceof ExpiredLink) return this.readAll(client, folders, reading);
      throw error;
    }
  }

  async preview(reading: DirectoryReading): Promise<PreviewOutcome> {
    const client = await this.client(reading);
    const folders = await this.folders(client);
    const { value } = await client.page(`/me/contacts?$top=${previewed}&$select=${fields}`);
    await reading.put(value.filter(hasId).map((contact) => readContact(mainFolder.id, mainFolder.name, contact)));
    return { tables: [], count: null, parts: folders.slice(1).map(({ id, name }) => ({ id, label: name })) };
  }

  private async client(reading: DirectoryReading): Promise<GraphClient> {
    const { signal } = reading;
    const fetch = openHttpClient(this.environment, { signal });
    const account = unpackAccount(reading.secret, this.config);
    const tokens = await requestToken(account, account, { fetch, endpoints: this.endpoints });
    if (tokens.refreshToken !== account.refreshToken)
      reading.keepSecret(packAccount({ ...account, refreshToken: tokens.refreshToken }));
    return new GraphClient({ fetch, endpoint: this.endpoints.graph, accessToken: tokens.accessToken, signal });
  }

  private async folders(client: GraphClient): Promise<Folder[]> {
    const found = [mainFolder];
    for (
      let next: string | null = '/me/contactFolders?$top=100&$select=displayName';
      next !== null && found.length < mostFolders;
    ) {
      const page = await client.page(next);
      for (const folder of page.value.filter(hasId))
        found.push({ id: folder.id, name: String(folder['displayName'] ?? '') });
      next = page.nextLink;
    }
    return found;
  }

  private async readAll(
    client: GraphClient,
    folders: readonly Folder[],
    reading: DirectoryReading,
  ): Promise<RefreshOutcome> {
    const links: FolderLinks = {};
    let done = 0;
    for (const folder of folders) {
      const put = async (contacts: readonly GraphContact[]) => {
        const there = contacts.filter((contact) => !isGone(contact));
        await reading.put(there.map((contact) => readContact(folder.id, folder.name, contact)));
        reading.progress((done += there.length), null);
      };
      links[folder.id] = await this.follow(client, `${folderPath(folder)}/delta?$select=${fields}`, put);
    }
    return { kind: 'complete', cursor: writeCursor(links) };
  }

  private async readChanges(
    client: GraphClient,
    folders: readonly Folder[],
    earlier: FolderLinks,
    reading: DirectoryReading,
  ): Promise<RefreshOutcome> {
    const links: FolderLinks = {};
    let changes = 0;
    for (const folder of folders) {
      const start = earlier[folder.id] ?? `${folderPath(folder)}/delta?$select=${fields}`;
      links[folder.id] = await this.follow(client, start, async (contacts) => {
        const [gone, there] = [contacts.filter(isGone), contacts.filter((contact) => !isGone(contact))];
        if (gone.length > 0) await reading.remove(gone.map(({ id }) => contactKey(folder.id, id)));
        if (there.length > 0) await reading.put(there.map((contact) => readContact(folder.id, folder.name, contact)));
        reading.progress((changes += contacts.length), null);
      });
    }
    const added = folders.some(({ id }) => earlier[id] === undefined);
    // The links that are kept are good for as long as the new ones: nothing has to be written.
    if (changes === 0 && !added) return { kind: 'unchanged', cursor: reading.cursor };
    return { kind: 'partial', cursor: writeCursor(links) };
  }

  /** From a link to the end of its pages; gives the link for what changes later. */
  private async follow(
    client: GraphClient,
    start: string,
    take: (contacts: GraphContact[]) => Promise<void>,
  ): Promise<string> {
    const seen = new Set<string>();
    for (let next = start; ;) {
      if (seen.has(next)) throw this.badAnswer('pages in a circle');
      seen.add(next);
      const page = await client.page(next);
      await take(page.value.filter(hasId));
      if (page.deltaLink !== null) return page.deltaLink;
      if (page.nextLink === null) throw this.badAnswer('neither a next page nor a link for changes');
      next = page.nextLink;
    }
  }

  private badAnswer(detail: string): OffhookError {
    return new OffhookError('directory.bad-answer', { values: { host: new URL(this.endpoints.graph).host }, detail });
  }
}

function hasId(value: Record<string, unknown>): value is GraphContact {
  return typeof value['id'] === 'string' && value['id'] !== '';
}

export function openGraphDirectory(
  config: DirectoryConfig,
  environment: DirectoryEnvironment,
  endpoints: GraphEndpoints = microsoftEndpoints,
): DirectorySource {
  if (config.kind !== 'graph') throw new OffhookError('directory.not-here', { detail: config.kind });
  return new GraphDirectory(config, environment, endpoints);
}
