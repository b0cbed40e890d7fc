import path from 'node:path';
import type { Clock } from '#core/foundation/index.ts';
import type { AccountStore } from './account-store.ts';
import { DocumentAccountStore } from './document-account-store.ts';
import { DocumentSecretStore } from './document-secret-store.ts';
import { DocumentSettingsStore } from './document-settings-store.ts';
import { FileJsonDocument } from './file-json-document.ts';
import type { SecretStore } from './secret-store.ts';
import type { SettingsStore } from './settings-store.ts';

export interface Stores {
  settings: SettingsStore;
  accounts: AccountStore;
  secrets: SecretStore;
}

/** Opens the three files of a data directory; each fails apart from the others. */
export function openFileStores(directory: string, clock: Clock): Stores {
  const document = (name: string) => new FileJsonDocument({ file: path.join(directory, name), clock });
  return {
    settings: new DocumentSettingsStore(document('settings.json')),
    accounts: new DocumentAccountStore(document('accounts.json')),
    secrets: new DocumentSecretStore(document('secrets.json')),
  };
}
