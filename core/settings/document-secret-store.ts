import { OffhookError } from '#contract/errors.ts';
import type { JsonDocument } from './json-document.ts';
import type { SecretStore } from './secret-store.ts';

/** Secrets as `{ "secrets": { name: value } }` in a document that only the user can read. */
export class DocumentSecretStore implements SecretStore {
  readonly kind = 'file';
  private readonly document: JsonDocument;
  private readonly secrets = new Map<string, string>();

  constructor(document: JsonDocument) {
    this.document = document;
    const { secrets } = document.value;
    if (typeof secrets !== 'object' || secrets === null) return;
    for (const [name, value] of Object.entries(secrets)) {
      if (typeof value === 'string') this.secrets.set(name, value);
    }
  }

  async get(name: string): Promise<string | null> {
    const value = this.secrets.get(name);
    if (value !== undefined) return value;
    const { damage } = this.document;
    if (damage) throw new OffhookError('secrets.unreadable', { values: damage.values, detail: damage.detail });
    return null;
  }

  async set(name: string, value: string): Promise<void> {
    this.secrets.set(name, value);
    await this.save();
  }

  async delete(name: string): Promise<void> {
    if (this.secrets.delete(name)) await this.save();
  }

  private save(): Promise<void> {
    return this.document.write({ ...this.document.value, version: 1, secrets: Object.fromEntries(this.secrets) });
  }
}
