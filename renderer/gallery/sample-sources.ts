import type { CommandInput, DirectoryConfig, DirectoryPreview, DirectoryStatus } from '#contract/ipc/index.ts';
import { ownDirectory } from '#renderer/bridge/demo-directories.ts';
import { blankDraft, fromDraft } from '#renderer/features/directories/source-draft.ts';
import { sheetPreview } from './sample-sheet.ts';

const minute = 60_000;

export const ldapConfig = (): DirectoryConfig => {
  const draft = {
    ...blankDraft('ldap'),
    host: 'dc1.office.example',
    base: 'DC=office,DC=example',
    bindName: 'reader@office.example',
  };
  const { config } = fromDraft(draft);
  if (!config) throw new Error('the sample form of LDAP cannot be read');
  return config;
};

export function sampleSource(part: Partial<DirectoryStatus> = {}): DirectoryStatus {
  const now = Date.now();
  return ownDirectory({
    ...{ id: 'clients', kind: 'sheet', label: 'Клиенты', everyMinutes: 15, entries: 12_418 },
    config: { kind: 'sheet', path: 'C:\\Users\\Olga\\Documents\\Клиенты.xlsx', mappings: [] },
    ...{ refreshedAt: now - 5 * minute, attemptedAt: now - 5 * minute, nextAt: now + 10 * minute },
    ...part,
  });
}

const skipped: DirectoryStatus['skipped'] = {
  count: 17,
  first: [
    {
      code: 'entry.number-unreadable',
      values: { text: 'см. визитку', place: 'Клиенты.xlsx › Лист1!7' },
      detail: null,
    },
    { code: 'entry.cell-error', values: { text: '#Н/Д', place: 'Клиенты.xlsx › Лист1!8' }, detail: null },
    { code: 'entry.same-id', values: { place: 'Клиенты.xlsx › Лист1!211' }, detail: null },
  ],
};

/** One source in every state that there is. */
export function sampleSources(): DirectoryStatus[] {
  const now = Date.now();
  const onec: DirectoryConfig = {
    kind: 'onec',
    url: 'https://1c.office.example/trade/odata/standard.odata',
    user: 'Offhook',
    catalogs: ['Catalog_Контрагенты'],
    infobase: '',
  };
  return [
    ownDirectory({ entries: 38 }),
    sampleSource({ skipped }),
    sampleSource({
      id: 'onec',
      kind: 'onec',
      label: '1С:Торговля',
      config: onec,
      hasSecret: true,
      entries: 87_020,
      state: 'refreshing',
      progress: { done: 12_400, total: 100_000 },
    }),
    sampleSource({
      id: 'ldap',
      kind: 'ldap',
      label: 'Сотрудники',
      config: ldapConfig(),
      hasSecret: true,
      entries: 412,
      refreshedAt: now - 300 * minute,
      problem: {
        code: 'directory.wrong-password',
        values: { host: 'dc1.office.example' },
        detail: 'LDAP 49 invalidCredentials',
      },
    }),
    sampleSource({
      id: 'graph',
      kind: 'graph',
      label: 'Microsoft 365',
      config: { kind: 'graph', clientId: '', tenant: 'office.example' },
      hasSecret: true,
      entries: 231,
      refreshedAt: now - 2900 * minute,
      nextAt: null,
      problem: { code: 'directory.sign-in-needed', values: {}, detail: 'HTTP 401 InvalidAuthenticationToken' },
    }),
    sampleSource({
      id: 'carddav',
      kind: 'carddav',
      label: 'Nextcloud',
      config: { kind: 'carddav', url: 'https://cloud.office.example/', user: 'olga', addressBooks: [] },
      hasSecret: true,
      entries: 1,
      state: 'waiting',
    }),
    sampleSource({
      id: 'folder',
      kind: 'vcard',
      label: 'Визитки с выставки',
      config: { kind: 'vcard', path: '\\\\server\\share\\Визитки' },
      enabled: false,
      entries: 64,
      refreshedAt: now - 30_000 * minute,
    }),
    sampleSource({
      id: 'outlook',
      kind: 'outlook',
      label: 'Outlook',
      config: { kind: 'outlook', folders: [] },
      entries: 902,
      problem: { code: 'directory.outlook-busy', values: {}, detail: '0x80010001 RPC_E_CALL_REJECTED' },
    }),
    sampleSource({
      id: 'pbx',
      kind: 'pbx',
      label: 'Книга АТС',
      config: { kind: 'pbx', lineId: 'line-1' },
      entries: 0,
      refreshedAt: null,
      attemptedAt: null,
      nextAt: null,
    }),
  ];
}

export const sampleFiles = [
  ...[
    'Клиенты.xlsx',
    'Поставщики.xlsx',
    'выгрузка 1С.csv',
    'Договор.docx',
    'Архив\\Клиенты 2024.xlsx',
    'Выставка\\визитки.vcf',
  ].map((name) => `C:\\Users\\Olga\\Documents\\${name}`),
  ...['Downloads\\contacts.vcf', 'Desktop\\Список.csv', 'Pictures\\лого.png'].map((name) => `C:\\Users\\Olga\\${name}`),
  'C:\\ProgramData\\office-ca.pem',
];

const parts: Record<string, DirectoryPreview['parts']> = {
  carddav: [
    { id: '/olga/contacts/', label: 'Контакты' },
    { id: '/olga/office/', label: 'Офис' },
    { id: '/olga/old/', label: 'Старые' },
  ],
  outlook: [
    { id: 'Контакты', label: 'Контакты' },
    { id: 'Контакты\\Поставщики', label: 'Поставщики' },
  ],
  onec: ['Контрагенты', 'Партнеры', 'КонтактныеЛица'].map((name) => ({ id: `Catalog_${name}`, label: name })),
};

/** A trial that goes well, of any kind. */
export function samplePreview(asked: CommandInput<'directories.preview'>): DirectoryPreview {
  if (asked.config.kind === 'sheet') return sheetPreview()(asked);
  const { entries } = sheetPreview()({ ...asked, config: { kind: 'sheet', path: 'x' } });
  const place =
    { vcard: 'визитки.vcf, запись', ldap: 'cn=…,dc=office,dc=example', carddav: 'Контакты' }[
      asked.config.kind as string
    ] ?? '';
  return {
    tables: [],
    entries: entries.slice(0, 6).map((each) => ({ ...each, place })),
    count: 412,
    parts: parts[asked.config.kind] ?? [],
    problems: [],
  };
}
