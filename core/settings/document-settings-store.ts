import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import {
  defaultSettings,
  settingDefinitions,
  settingsPatch,
  type SettingKey,
  type Settings,
  type SettingsPatch,
} from '#contract/settings.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { JsonDocument, JsonObject } from './json-document.ts';
import type { SettingsStore } from './settings-store.ts';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Settings as `{ "settings": { key: value } }`. Only what the user chose is written; keys of a later program and
 * values that this one cannot use stay in the document until they are chosen anew.
 */
export class DocumentSettingsStore implements SettingsStore {
  private readonly document: JsonDocument;
  private readonly changed = new Emitter<Settings>();
  private readonly problemsEmitter = new Emitter<readonly ErrorReport[]>();
  private readonly invalid = new Map<SettingKey, ErrorReport>();
  private current: Settings;

  readonly onChanged = this.changed.event;
  readonly onProblems = this.problemsEmitter.event;

  constructor(document: JsonDocument) {
    this.document = document;
    this.current = Object.freeze(this.read());
    document.onUnsaved(() => this.problemsEmitter.fire(this.problems));
  }

  get values(): Settings {
    return this.current;
  }

  get problems(): readonly ErrorReport[] {
    const { damage, unsaved } = this.document;
    return [damage, ...this.invalid.values(), unsaved].filter((problem) => problem !== null);
  }

  async set(patch: SettingsPatch): Promise<void> {
    const parsed = settingsPatch.safeParse(patch);
    if (!parsed.success) {
      const key = String(parsed.error.issues[0]?.path[0] ?? '');
      throw new OffhookError('settings.invalid', { values: { key }, detail: parsed.error.issues[0]?.message ?? null });
    }
    const chosen = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
    this.apply(chosen as SettingsPatch);
    await this.document.write({ ...this.document.value, version: 1, settings: { ...this.raw(), ...chosen } });
  }

  private apply(chosen: SettingsPatch): void {
    const before = this.current;
    this.current = Object.freeze({ ...before, ...chosen });
    const repaired = (Object.keys(chosen) as SettingKey[]).filter((key) => this.invalid.delete(key));
    const keys = Object.keys(chosen) as SettingKey[];
    if (keys.some((key) => before[key] !== this.current[key])) this.changed.fire(this.current);
    if (repaired.length > 0) this.problemsEmitter.fire(this.problems);
  }

  private raw(): JsonObject {
    const { settings } = this.document.value;
    return isObject(settings) ? settings : {};
  }

  private read(): Settings {
    const raw = this.raw();
    const values: Record<string, unknown> = { ...defaultSettings };
    for (const key of Object.keys(settingDefinitions) as SettingKey[]) {
      if (!Object.hasOwn(raw, key)) continue;
      const parsed = settingDefinitions[key].schema.safeParse(raw[key]);
      if (parsed.success) values[key] = parsed.data;
      else
        this.invalid.set(key, {
          code: 'settings.invalid',
          values: { key },
          detail: parsed.error.issues[0]?.message ?? null,
        });
    }
    return values as Settings;
  }
}
