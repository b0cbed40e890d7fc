import { BookUser, Cloud, Contact, FileSpreadsheet, Mail, Network, PhoneCall, Server, UserRoundPen } from '@lucide/vue';
import type { Component } from 'vue';
import type { DirectoryConfig, DirectoryKind } from '#contract/ipc/index.ts';

/** Those that the user can connect, in the order of the choice. */
export const connectable = ['sheet', 'vcard', 'onec', 'outlook', 'graph', 'ldap', 'carddav', 'pbx'] as const;

export const kindIcons: Record<DirectoryKind, Component> = {
  own: UserRoundPen,
  sheet: FileSpreadsheet,
  vcard: Contact,
  carddav: BookUser,
  ldap: Network,
  outlook: Mail,
  graph: Cloud,
  onec: Server,
  pbx: PhoneCall,
};

/** Ends of names of the files that a source of files reads. */
export const fileEnds: Record<'sheet' | 'vcard', readonly string[]> = {
  sheet: ['.xlsx', '.xlsm', '.csv', '.tsv', '.txt'],
  vcard: ['.vcf'],
};

export const isFileKind = (kind: DirectoryKind): kind is 'sheet' | 'vcard' => kind === 'sheet' || kind === 'vcard';

/** Of a file's name, by its end; null where nothing reads it. */
export function kindOfFile(name: string): 'sheet' | 'vcard' | null {
  const lower = name.toLowerCase();
  if (fileEnds.vcard.some((end) => lower.endsWith(end))) return 'vcard';
  return fileEnds.sheet.some((end) => lower.endsWith(end)) ? 'sheet' : null;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Where the source lies; empty where its kind says so already. */
export function placeOf(config: DirectoryConfig): string {
  switch (config.kind) {
    case 'sheet':
    case 'vcard':
      return config.path;
    case 'carddav':
    case 'onec':
      return [hostOf(config.url), config.user].filter(Boolean).join(' · ');
    case 'ldap':
      return [`${config.host}:${config.port}`, config.base].filter(Boolean).join(' · ');
    case 'outlook':
      return config.folders.join(', ');
    case 'graph':
      return config.tenant === 'common' ? '' : config.tenant;
    case 'pbx':
    case 'own':
      return '';
  }
}
