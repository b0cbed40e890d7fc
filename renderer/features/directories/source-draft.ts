import { directoryConfig } from '#contract/ipc/index.ts';
import type {
  DirectoryConfig,
  DirectoryConfigOf,
  DirectoryKind,
  LdapAttributes,
  SheetMapping,
} from '#contract/ipc/index.ts';
import { presetValues } from './preset-values.ts';
import type { PresetName } from './preset-values.ts';
import { kindOfFile } from './source-kinds.ts';

type Ldap = DirectoryConfigOf<'ldap'>;

/** Lists of names as text, one after another with commas between. */
export type AttributesDraft = { [K in Exclude<keyof LdapAttributes, 'numbers' | 'shown'>]: string } & {
  numbers: { attribute: string; label: string }[];
  shown: { attribute: string; name: string }[];
};

/**
 * What the forms of all kinds hold, as text and switches: going back to another kind loses nothing. Secrets are not
 * part of it.
 */
export interface SourceDraft {
  kind: DirectoryKind;
  path: string;
  /** All of the folder, not one file of it. */
  whole: boolean;
  mappings: SheetMapping[];
  url: string;
  user: string;
  addressBooks: string[];
  preset: PresetName;
  host: string;
  port: string;
  security: Ldap['security'];
  checkCertificate: boolean;
  certificateAuthority: string;
  bindName: string;
  base: string;
  filter: string;
  filterBase: string;
  pageSize: string;
  attributes: AttributesDraft;
  folders: string[];
  clientId: string;
  tenant: string;
  catalogs: string[];
  infobase: string;
  lineId: string;
}

const listed = (names: readonly string[]) => names.join(', ');
const unlisted = (text: string) =>
  text
    .split(/[,;\s]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');

function attributesDraft(from: LdapAttributes): AttributesDraft {
  const { id, name, givenName, familyName, firm, role, department, email, note, photo } = from;
  return {
    id,
    name: listed(name),
    givenName: listed(givenName),
    familyName: listed(familyName),
    firm: listed(firm),
    role: listed(role),
    department: listed(department),
    email: listed(email),
    note: listed(note),
    photo: listed(photo),
    numbers: from.numbers.map((each) => ({ ...each })),
    shown: from.shown.map((each) => ({ ...each })),
  };
}

function attributesOf(draft: AttributesDraft): LdapAttributes {
  const { id, numbers, shown, ...lists } = draft;
  const named = <T extends { attribute: string }>(rows: readonly T[]) =>
    rows.filter(({ attribute }) => attribute.trim() !== '').map((row) => ({ ...row, attribute: row.attribute.trim() }));
  const arrays = Object.fromEntries(Object.entries(lists).map(([field, text]) => [field, unlisted(text)]));
  return { ...arrays, id: id.trim(), numbers: named(numbers), shown: named(shown) } as LdapAttributes;
}

/** What a preset fills in; which server, and as whom, stays. */
export function ofPreset(
  preset: PresetName,
): Pick<SourceDraft, 'preset' | 'port' | 'security' | 'filter' | 'attributes'> {
  const { port, security, filter, attributes } = presetValues(preset);
  return { preset, port: String(port), security, filter, attributes: attributesDraft(attributes) };
}

export function blankDraft(kind: DirectoryKind = 'sheet'): SourceDraft {
  return {
    kind,
    ...{ path: '', whole: false, mappings: [] },
    ...{ url: '', user: '', addressBooks: [] },
    ...ofPreset('active-directory'),
    ...{ host: '', checkCertificate: true, certificateAuthority: '' },
    ...{ bindName: '', base: '', filterBase: '', pageSize: '500' },
    ...{ folders: [], clientId: '', tenant: 'common', catalogs: [], infobase: '', lineId: '' },
  };
}

/** A copy: what is typed changes nothing of what is stored. */
export function toDraft(stored: DirectoryConfig): SourceDraft {
  const config = directoryConfig.parse(stored);
  const blank = blankDraft(config.kind);
  if (config.kind === 'ldap')
    return {
      ...blank,
      ...config,
      port: String(config.port),
      pageSize: String(config.pageSize),
      attributes: attributesDraft(config.attributes),
    };
  const path = 'path' in config ? config.path : '';
  return { ...blank, ...config, whole: path !== '' && kindOfFile(path) === null };
}

/** `ldaps://dc.example:636` as administrators hand it out: each part goes to its own field. */
export function splitHost(text: string): Partial<Pick<SourceDraft, 'host' | 'port' | 'security'>> {
  const found = /^(?:(?<scheme>ldaps?):\/\/)?(?<host>\[[^\]]+\]|[^:/\s]+)(?::(?<port>\d{1,5}))?\/?$/i.exec(
    text.trim(),
  )?.groups;
  if (!found) return { host: text.trim() };
  const { scheme, host, port } = found;
  const secure = scheme?.toLowerCase() === 'ldaps';
  return {
    host: host ?? '',
    ...(port ? { port } : secure ? { port: '636' } : {}),
    ...(secure ? { security: 'ldaps' as const } : {}),
  };
}

const withScheme = (text: string) =>
  text.trim() === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;

export type DraftField = keyof SourceDraft | 'urlSecret';
export type DraftOutcome = { config: DirectoryConfig; wrong: null } | { config: null; wrong: Set<DraftField> };

/** The configuration, or which fields cannot be so. */
export function fromDraft(draft: SourceDraft): DraftOutcome {
  const url = withScheme(draft.url);
  const server = draft.kind === 'ldap' ? splitHost(draft.host) : {};
  const parsed = directoryConfig.safeParse({
    ...draft,
    ...server,
    url,
    path: draft.path.trim(),
    user: draft.user.trim(),
    port: Number(server.port ?? draft.port),
    pageSize: Number(draft.pageSize),
    bindName: draft.bindName.trim(),
    base: draft.base.trim(),
    filterBase: draft.filterBase.trim(),
    certificateAuthority: draft.certificateAuthority.trim(),
    infobase: draft.infobase.trim(),
    clientId: draft.clientId.trim(),
    tenant: draft.tenant.trim() || 'common',
    attributes: attributesOf(draft.attributes),
  });
  const wrong = new Set<DraftField>(parsed.error?.issues.map((issue) => issue.path[0] as DraftField));
  // An address is kept, shown and logged as it stands: a password has no place in it.
  if (parsed.data && 'url' in parsed.data && /^[^/]*\/\/[^/]*@/.test(url)) wrong.add('urlSecret');
  if (draft.kind === 'ldap') {
    if (draft.base.trim() === '') wrong.add('base');
    if (!/^\(.+\)$/s.test(draft.filter.trim())) wrong.add('filter');
  }
  return parsed.success && wrong.size === 0 ? { config: parsed.data, wrong: null } : { config: null, wrong };
}

/** Whom the password is told: where this changes, a kept one is asked for anew. */
export function toldTo(config: DirectoryConfig): string {
  if (config.kind === 'ldap') return `${config.host}:${config.port} ${config.security} ${config.checkCertificate}`;
  if (config.kind === 'carddav' || config.kind === 'onec')
    return URL.canParse(config.url) ? new URL(config.url).origin : config.url;
  return config.kind;
}
