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
import { sourceEntry, type SourceEntry } from '../source-entry.ts';
import { cardLink } from './card-link.ts';
import { readContactInformation, type ContactInformationRow } from './contact-information.ts';
import { ODataClient, type ODataRow } from './odata-client.ts';

const section = '_КонтактнаяИнформация';
const kindsSet = 'Catalog_ВидыКонтактнойИнформации';
const firmsSet = 'Catalog_Контрагенты';
const nobody = '00000000-0000-0000-0000-000000000000';
const previewed = 20;

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
const isTrue = (value: unknown) => value === true || value === 'true';

interface Names {
  kind: (key: string) => string;
  firm: (key: string) => string;
}

/** Counterparties, partners and contact persons of 1C:Enterprise, with their contact information, by OData. */
class OnecDirectory implements DirectorySource {
  private readonly config: DirectoryConfigOf<'onec'>;
  private readonly environment: DirectoryEnvironment;

  constructor(config: DirectoryConfigOf<'onec'>, environment: DirectoryEnvironment) {
    this.config = config;
    this.environment = environment;
  }

  async refresh(reading: DirectoryReading): Promise<RefreshOutcome> {
    const client = this.client(reading);
    const published = await client.sets();
    const names = await this.names(client, published);
    let done = 0;
    for (const catalog of this.catalogs(published)) {
      const information = await this.information(client, published, catalog);
      for await (const rows of client.rows(catalog, { orderBy: 'Ref_Key' })) {
        await reading.put(
          rows.flatMap((row) => this.entry(catalog, row, information.get(text(row['Ref_Key'])) ?? [], names)),
        );
        reading.progress((done += rows.length), null);
      }
    }
    // OData tells of no changes: everything is read each time, and what did not change is not written.
    return { kind: 'complete', cursor: null };
  }

  async preview(reading: DirectoryReading): Promise<PreviewOutcome> {
    const client = this.client(reading);
    const published = await client.sets();
    const offered = published.filter((set) => set.startsWith('Catalog_') && published.includes(set + section));
    const parts = offered.map((id) => ({ id, label: id.replace(/^Catalog_/, '') }));
    const catalogs = this.config.catalogs.filter((catalog) => published.includes(catalog));
    if (catalogs.length === 0) return { tables: [], count: null, parts };
    const names = await this.names(client, published);
    let count: number | null = 0;
    for (const catalog of catalogs) {
      const some = await all(client, catalog, { orderBy: 'Ref_Key', limit: previewed });
      const keys = some.map((row) => `Ref_Key eq guid'${text(row['Ref_Key'])}'`);
      const rows =
        keys.length === 0 || !published.includes(catalog + section)
          ? []
          : await all(client, catalog + section, { orderBy: 'Ref_Key,LineNumber', filter: keys.join(' or ') });
      const information = Map.groupBy(rows as unknown as ContactInformationRow[], ({ Ref_Key }) => Ref_Key);
      await reading.put(
        some.flatMap((row) => this.entry(catalog, row, information.get(text(row['Ref_Key'])) ?? [], names)),
      );
      const more = await client.count(catalog, 'DeletionMark eq false');
      count = count === null || more === null ? null : count + more;
    }
    return { tables: [], count, parts };
  }

  private client({ secret, signal }: DirectoryReading): ODataClient {
    const { url, user } = this.config;
    return new ODataClient({ fetch: openHttpClient(this.environment, { signal }), url, user, password: secret ?? '' });
  }

  /** The catalogs wanted. One that is not published any more stops the refresh, so that its people are not taken for gone. */
  private catalogs(published: readonly string[]): string[] {
    const missing = this.config.catalogs.find((catalog) => !published.includes(catalog));
    if (missing === undefined) return this.config.catalogs;
    throw new OffhookError('directory.bad-answer', {
      values: { host: new URL(this.config.url).host },
      detail: `${missing} is not published for OData`,
    });
  }

  private async names(client: ODataClient, published: readonly string[]): Promise<Names> {
    const read = async (set: string): Promise<Map<string, string>> => {
      if (!published.includes(set)) return new Map();
      const rows = await all(client, set, { orderBy: 'Ref_Key' });
      return new Map(rows.map((row) => [text(row['Ref_Key']), text(row['Description'])]));
    };
    const owned = this.config.catalogs.some((catalog) => catalog !== firmsSet);
    const [kinds, firms] = [await read(kindsSet), owned ? await read(firmsSet) : new Map<string, string>()];
    return { kind: (key) => kinds.get(key) ?? '', firm: (key) => firms.get(key) ?? '' };
  }

  private async information(
    client: ODataClient,
    published: readonly string[],
    catalog: string,
  ): Promise<Map<string, ContactInformationRow[]>> {
    if (!published.includes(catalog + section)) return new Map();
    const rows = await all(client, catalog + section, { orderBy: 'Ref_Key,LineNumber' });
    return Map.groupBy(rows as unknown as ContactInformationRow[], ({ Ref_Key }) => Ref_Key);
  }

  private entry(
    catalog: string,
    row: ODataRow,
    information: readonly ContactInformationRow[],
    names: Names,
  ): SourceEntry[] {
    const key = text(row['Ref_Key']);
    if (key === '' || key === nobody || isTrue(row['DeletionMark']) || isTrue(row['IsFolder'])) return [];
    const { numbers, emails, links, fields } = readContactInformation(information, names.kind);
    const isFirm = catalog === firmsSet || /Партнер/.test(catalog);
    const name = text(row['Description']);
    const owner = text(row['Owner_Key']) || text(row['ОбъектВладелец_Key']);
    const link = cardLink(this.config.infobase, catalog, key);
    const taxNumber = text(row['ИНН']);
    const entry = sourceEntry({
      key: `${catalog}:${key}`,
      name,
      firm: isFirm ? text(row['НаименованиеПолное']) || name : names.firm(owner),
      role: text(row['Должность']) || text(row['ДолжностьПоВизитке']),
      department: text(row['Подразделение']),
      numbers,
      emails,
      links,
      note: text(row['Комментарий']) || text(row['ДополнительнаяИнформация']),
      fields: [...(taxNumber === '' ? [] : [{ name: 'ИНН', value: taxNumber }]), ...fields],
      open: link === null ? null : { kind: 'url', url: link },
      place: `${catalog.replace(/^Catalog_/, '')} › ${name || text(row['Code'])}`,
    });
    return [entry];
  }
}

async function all(
  client: ODataClient,
  set: string,
  query: { filter?: string; orderBy: string; limit?: number },
): Promise<ODataRow[]> {
  const found: ODataRow[] = [];
  for await (const rows of client.rows(set, query)) found.push(...rows);
  return found;
}

export function openOnecDirectory(config: DirectoryConfig, environment: DirectoryEnvironment): DirectorySource {
  if (config.kind !== 'onec') throw new OffhookError('directory.not-here', { detail: config.kind });
  return new OnecDirectory(config, environment);
}
