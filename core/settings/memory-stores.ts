import type { SettingsPatch } from '#contract/settings.ts';
import { DocumentAccountStore } from './document-account-store.ts';
import { DocumentSecretStore } from './document-secret-store.ts';
import { DocumentSettingsStore } from './document-settings-store.ts';
import { MemoryJsonDocument } from './memory-json-document.ts';

/** Stores that forget everything; for tests and for a phone that is only shown. */
export function createMemoryStores(settings: SettingsPatch = {}) {
  return {
    settings: new DocumentSettingsStore(new MemoryJsonDocument({ settings })),
    accounts: new DocumentAccountStore(new MemoryJsonDocument()),
    secrets: new DocumentSecretStore(new MemoryJsonDocument()),
  };
}
