import type { ErrorReport } from '#contract/errors.ts';
import type { Event } from '#core/foundation/index.ts';

export type JsonObject = Record<string, unknown>;

/** One JSON object that outlives the program. What could not be read is empty, and told. */
export interface JsonDocument {
  /** As it was found at the start, or as last written. */
  readonly value: JsonObject;
  /** Kept at once; resolves when it is safe. Rejects with `settings.not-saved`. */
  write(value: JsonObject): Promise<void>;
  /** `settings.corrupt` (with `file` and `copy`) when it was not readable at the start. */
  readonly damage: ErrorReport | null;
  /** `settings.not-saved` from a write that failed to the next that does not. */
  readonly unsaved: ErrorReport | null;
  readonly onUnsaved: Event<ErrorReport | null>;
}
