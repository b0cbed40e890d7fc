import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { JsonDocument, JsonObject } from './json-document.ts';

/** A document that lives as long as the program; a test may make it refuse to save. */
export class MemoryJsonDocument implements JsonDocument {
  private readonly unsavedEmitter = new Emitter<ErrorReport | null>();
  value: JsonObject;
  damage: ErrorReport | null;
  unsaved: ErrorReport | null = null;
  writable = true;

  readonly onUnsaved = this.unsavedEmitter.event;

  constructor(value: JsonObject = {}, damage: ErrorReport | null = null) {
    this.value = value;
    this.damage = damage;
  }

  async write(value: JsonObject): Promise<void> {
    this.value = structuredClone(value);
    const error = this.writable ? null : new OffhookError('settings.not-saved', { values: { file: 'memory' } });
    this.unsaved = error && toReport(error);
    this.unsavedEmitter.fire(this.unsaved);
    if (error) throw error;
  }
}
