import { Building2, Cloud, Database, FileSpreadsheet, IdCard, Mail, Phone, UserRound } from '@lucide/vue';
import type { Component } from 'vue';
import type { DirectoryKind } from '#contract/ipc/index.ts';

/** What kind of directory somebody comes from, at a glance; its name stands beside it or in its tip. */
export const directoryIcons: Record<DirectoryKind, Component> = {
  own: UserRound,
  sheet: FileSpreadsheet,
  vcard: IdCard,
  carddav: Cloud,
  ldap: Building2,
  outlook: Mail,
  graph: Mail,
  onec: Database,
  pbx: Phone,
};
