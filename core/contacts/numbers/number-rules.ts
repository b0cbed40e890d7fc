import type { Settings } from '#contract/settings.ts';

/** What the office's numbers look like; a slice of the settings. */
export type NumberRules = Pick<Settings, 'country' | 'areaCode' | 'dialOutPrefix' | 'dialFormat' | 'internalMaxDigits'>;

export type NumberKind =
  /** A public number; `e164` is set. */
  | 'public'
  /** The PBX's own short number. */
  | 'internal'
  /** A service code: `*72`, `#31#`, `*8101`. */
  | 'service'
  | 'emergency'
  /** `user@host`, with `sip:` or `sips:` in `number`. */
  | 'sip-address'
  /** Digits that no numbering plan explains; dialled as they are. */
  | 'unknown';

export interface ParsedNumber {
  kind: NumberKind;
  /** `+74951234567` for a public number, `sip:user@host` for an address, else the bare digits, `*`, `#`. */
  number: string;
  e164: string | null;
  /** Digits to send after the answer; `,` is a pause of 2 s. */
  extension: string | null;
  /** ISO 3166 country of a public number where it is certain. */
  country: string | null;
  /** False when the numbering plan of the country has no such number. */
  valid: boolean;
  /** Names of the rules that read it, in order: `trunk-prefix`, `area-code`, `country`, `international-prefix`. */
  rules: readonly string[];
}
