import { z } from 'zod';
import { errorReport } from '../errors.ts';

/** A source of people. `own`: Offhook's own contacts; there is one such directory, and it cannot be removed. */
export const directoryKind = z.enum(['own', 'sheet', 'vcard', 'carddav', 'ldap', 'outlook', 'graph', 'onec', 'pbx']);
export type DirectoryKind = z.infer<typeof directoryKind>;

/** What a column of a table holds. `shown`: seen on the card under its heading; `ignored`: not read. */
export const columnRole = z.enum([
  'name',
  'familyName',
  'givenName',
  'patronymic',
  'firm',
  'role',
  'department',
  'number',
  'email',
  'link',
  'note',
  'id',
  'shown',
  'ignored',
]);
export type ColumnRole = z.infer<typeof columnRole>;

/** How one sheet of a workbook (or a CSV file) is read; remembered for each workbook. */
export const sheetMapping = z.object({
  /** File name; empty for every file of the folder that has no mapping of its own. */
  file: z.string().max(255),
  /** Empty for the first sheet. */
  sheet: z.string().max(255),
  /** Row of the headings, counted from 1; 0 where there are none. */
  headerRow: z.int().min(0).max(1000),
  /** None: recognised from the headings; with a heading row of 0 that row is recognised as well. */
  columns: z
    .array(
      z.object({
        /** Counted from 0. */
        column: z.int().min(0).max(16_383),
        heading: z.string().max(200),
        role: columnRole,
        /** Of a number: its label. */
        label: z.string().max(60).default(''),
      }),
    )
    .max(500),
});
export type SheetMapping = z.infer<typeof sheetMapping>;

const path = z.string().min(1).max(1000);
const host = z.string().min(1).max(253);
const url = z.url({ protocol: /^https?$/ }).max(1000);

/** Which attributes fill a field, the first that has a value first. */
export const ldapAttributes = z.object({
  /** Identity that survives renaming: `objectGUID`, `entryUUID`. */
  id: z.string().max(100),
  name: z.array(z.string().max(100)).max(10),
  givenName: z.array(z.string().max(100)).max(10),
  familyName: z.array(z.string().max(100)).max(10),
  firm: z.array(z.string().max(100)).max(10),
  role: z.array(z.string().max(100)).max(10),
  department: z.array(z.string().max(100)).max(10),
  email: z.array(z.string().max(100)).max(10),
  note: z.array(z.string().max(100)).max(10),
  photo: z.array(z.string().max(100)).max(10),
  /** Every value of every attribute is a number of the person. */
  numbers: z.array(z.object({ attribute: z.string().max(100), label: z.string().max(60) })).max(30),
  /** Seen on the card under these names. */
  shown: z.array(z.object({ attribute: z.string().max(100), name: z.string().max(100) })).max(30),
});
export type LdapAttributes = z.infer<typeof ldapAttributes>;

export const directoryConfig = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own') }),
  /** .xlsx, .xlsm, .csv, .tsv, .txt: one file, or all of a folder. A local one is read again as soon as it changes. */
  z.object({ kind: z.literal('sheet'), path, mappings: z.array(sheetMapping).max(200).default([]) }),
  /** .vcf: one file, or all of a folder. */
  z.object({ kind: z.literal('vcard'), path }),
  z.object({
    kind: z.literal('carddav'),
    /** Of the server, of the account or of an address book: the rest is found out. */
    url,
    user: z.string().max(256),
    /** Addresses of the address books wanted; empty for all. */
    addressBooks: z.array(z.string().max(1000)).max(50).default([]),
  }),
  z.object({
    kind: z.literal('ldap'),
    preset: z.enum(['active-directory', 'openldap', 'custom']),
    host,
    port: z.int().min(1).max(65_535),
    security: z.enum(['ldaps', 'starttls', 'none']),
    checkCertificate: z.boolean().default(true),
    /** Path of a PEM file of the office's own certificate authority; empty for the system's. */
    certificateAuthority: z.string().max(1000).default(''),
    /** Empty binds as nobody. */
    bindName: z.string().max(500).default(''),
    base: z.string().max(500),
    filter: z.string().max(2000),
    /** Where the filter is applied, if not at the base. */
    filterBase: z.string().max(500).default(''),
    pageSize: z.int().min(10).max(5000).default(500),
    attributes: ldapAttributes,
  }),
  /** Classic Outlook, by COM. Names of folders; empty for the main folder of contacts. */
  z.object({ kind: z.literal('outlook'), folders: z.array(z.string().max(500)).max(50).default([]) }),
  /** The new Outlook and Microsoft 365, by Graph. */
  z.object({
    kind: z.literal('graph'),
    /** Of the office's app registration; empty where the build has one. */
    clientId: z.string().max(100).default(''),
    tenant: z.string().max(100).default('common'),
  }),
  z.object({
    kind: z.literal('onec'),
    /** Up to and with `odata/standard.odata`. */
    url,
    user: z.string().max(256),
    /** Sets that have a section of contact information, e.g. `Catalog_Контрагенты`. */
    catalogs: z.array(z.string().max(200)).max(20),
    /** Address of the infobase for opening a card, e.g. `e1c://server/cluster/base` or its web address; empty for none. */
    infobase: z.string().max(1000).default(''),
  }),
  /** The address book of a line's cloud PBX. */
  z.object({ kind: z.literal('pbx'), lineId: z.string().max(64) }),
]);
export type DirectoryConfig = z.infer<typeof directoryConfig>;
export type DirectoryConfigOf<K extends DirectoryKind> = Extract<DirectoryConfig, { kind: K }>;

export const directoryId = z.string().min(1).max(64);
const label = z.string().trim().min(1).max(80);
/** Minutes between two refreshes; 0 for only when asked. */
const everyMinutes = z.int().min(0).max(10_080);
const secret = z.string().max(2000).nullable();

export const directoryStatus = z.object({
  id: directoryId,
  kind: directoryKind,
  label: z.string(),
  /** One that is not is read no more; its people stay. */
  enabled: z.boolean(),
  everyMinutes: z.int(),
  config: directoryConfig,
  /** A password, or the right to ask, is kept. */
  hasSecret: z.boolean(),
  state: z.enum(['idle', 'waiting', 'refreshing']),
  /** Entries read so far, of `total` where that is known. */
  progress: z.object({ done: z.int(), total: z.int().nullable() }).nullable(),
  entries: z.int(),
  /** Unix ms of the last refresh that succeeded, and of the last that was tried. */
  refreshedAt: z.number().nullable(),
  attemptedAt: z.number().nullable(),
  nextAt: z.number().nullable(),
  /** What went wrong at the last attempt; what was there before is kept. */
  problem: errorReport.nullable(),
  /** Entries, or parts of them, that could not be taken; the first of them said. */
  skipped: z.object({ count: z.int(), first: z.array(errorReport) }),
});
export type DirectoryStatus = z.infer<typeof directoryStatus>;

/** A table as it was found, for confirming. */
export const previewTable = z.object({
  /** As recognised; what the user changes is sent back in the configuration. */
  mapping: sheetMapping,
  /** Sheets of the workbook. */
  sheets: z.array(z.string()),
  /** The heading row and what follows, as text: at most 30 rows of at most 100 columns. */
  rows: z.array(z.array(z.string())),
  /** Of the first of `rows`, counted from 1. */
  firstRow: z.int(),
});
export type PreviewTable = z.infer<typeof previewTable>;

export const previewEntry = z.object({
  name: z.string(),
  firm: z.string(),
  role: z.string(),
  emails: z.array(z.string()),
  /** `display` is null where it could not be read as a number. */
  numbers: z.array(z.object({ text: z.string(), label: z.string(), display: z.string().nullable() })),
  place: z.string(),
});
export type PreviewEntry = z.infer<typeof previewEntry>;

export const directoryPreview = z.object({
  /** Of sheets only. */
  tables: z.array(previewTable),
  /** At most 20. */
  entries: z.array(previewEntry),
  /** How many there are, where that is known. */
  count: z.int().nullable(),
  /** Parts to choose from: address books, folders, catalogs. */
  parts: z.array(z.object({ id: z.string(), label: z.string() })),
  problems: z.array(errorReport),
});
export type DirectoryPreview = z.infer<typeof directoryPreview>;

export const directoryCommands = {
  /** In the user's order: of several names for a person the first directory's is shown. */
  'directories.list': { args: z.object({}), result: z.array(directoryStatus) },
  /** Tries a configuration and says what would come of it; takes nothing over. Rejects with a `directory.*` code. */
  'directories.preview': {
    args: z.object({
      config: directoryConfig,
      secret,
      /** Whose kept secret to use where `secret` is null. */
      directoryId: directoryId.nullable().default(null),
      signInId: z.string().max(64).nullable().default(null),
    }),
    result: directoryPreview,
  },
  'directories.add': {
    args: z.object({
      label,
      config: directoryConfig,
      secret,
      signInId: z.string().max(64).nullable().default(null),
      everyMinutes,
    }),
    result: z.object({ id: directoryId }),
  },
  /** Only what is named changes; a secret of null is removed. A new sign-in takes the place of the kept right to ask. */
  'directories.change': {
    args: z.object({
      id: directoryId,
      patch: z
        .object({
          label,
          enabled: z.boolean(),
          config: directoryConfig,
          secret,
          signInId: z.string().max(64),
          everyMinutes,
        })
        .partial(),
    }),
    result: z.object({}),
  },
  /** With all of its entries. */
  'directories.remove': { args: z.object({ id: directoryId }), result: z.object({}) },
  /** All of them, in the order wanted. */
  'directories.sort': { args: z.object({ ids: z.array(directoryId).max(200) }), result: z.object({}) },
  'directories.refresh': { args: z.object({ id: directoryId }), result: z.object({}) },
  /** Stops a refresh; what it has taken over by then stays. */
  'directories.cancel': { args: z.object({ id: directoryId }), result: z.object({}) },
  /** Reads a file into Offhook's own contacts, once. Its progress is that of the directory `own`. */
  'directories.import': { args: z.object({ config: directoryConfig }), result: z.object({}) },
  /** Folders and files of this computer, for choosing one: of the user's folder for null. */
  'directories.browse': {
    args: z.object({ path: path.nullable() }),
    result: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      entries: z.array(z.object({ name: z.string(), path: z.string(), folder: z.boolean() })),
    }),
  },
  /**
   * Begins a sign-in in the browser. Opens by `url`; `userCode` is to be typed there, where it is not null. Ends with the
   * event of the same id.
   */
  'directories.signIn': {
    args: z.object({ config: directoryConfig }),
    result: z.object({ signInId: z.string(), url: z.string(), userCode: z.string().nullable() }),
  },
};

export const directoryEvents = {
  'directories.changed': z.object({ directories: z.array(directoryStatus) }),
  'directories.signedIn': z.object({ signInId: z.string(), error: errorReport.nullable() }),
};
