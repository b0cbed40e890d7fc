import type { ErrorReport } from '#contract/errors.ts';
import type { Settings, SettingsPatch } from '#contract/settings.ts';
import type { Event } from '#core/foundation/index.ts';

/** The user's settings. Always whole and valid: what cannot be read is at its default, and told in `problems`. */
export interface SettingsStore {
  readonly values: Settings;
  /**
   * In force at once; resolves when it is on the disk. Rejects with `settings.invalid` (nothing changes) or
   * `settings.not-saved` (in force until the program ends, saved with the next change that can be).
   */
  set(patch: SettingsPatch): Promise<void>;
  readonly onChanged: Event<Settings>;
  readonly problems: readonly ErrorReport[];
  readonly onProblems: Event<readonly ErrorReport[]>;
}
