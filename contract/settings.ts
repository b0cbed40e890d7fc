import { z } from 'zod';

export type SettingsSection =
  'general' | 'dialling' | 'audio' | 'recording' | 'records' | 'people' | 'links' | 'programs';

/** One entry a key; defaults, validation and the settings page derive from it. Labels are `settings.<key>.label`. */
export const settingDefinitions = {
  language: { section: 'general', schema: z.enum(['system', 'ru', 'en']), default: 'system' },
  theme: { section: 'general', schema: z.enum(['system', 'light', 'dark']), default: 'system' },
  /** ISO 3166 country of the office, for numbers written without a country. */
  country: { section: 'dialling', schema: z.string().regex(/^[A-Z]{2}$/), default: 'RU' },
  /** Area code put before local numbers, e.g. `495`; empty for none. */
  areaCode: { section: 'dialling', schema: z.string().regex(/^\d{0,6}$/), default: '' },
  /** Digit(s) that the PBX wants before an outside number, e.g. `9`; empty for none. */
  dialOutPrefix: { section: 'dialling', schema: z.string().regex(/^[\d*#]{0,4}$/), default: '' },
  /** How an outside number goes to the PBX: `e164` (+7495…), `digits` (7495…) or `national` (8495…). */
  dialFormat: { section: 'dialling', schema: z.enum(['e164', 'digits', 'national']), default: 'e164' },
  /** Numbers up to this many digits are the PBX's own and go out unaltered. */
  internalMaxDigits: { section: 'dialling', schema: z.int().min(0).max(6), default: 4 },
  microphoneId: { section: 'audio', schema: z.string().max(256), default: '' },
  speakerId: { section: 'audio', schema: z.string().max(256), default: '' },
  ringerId: { section: 'audio', schema: z.string().max(256), default: '' },
  /** 0–100. */
  ringerVolume: { section: 'audio', schema: z.int().min(0).max(100), default: 80 },
  /** `always`: every answered call is recorded on this computer, by itself. */
  recordCalls: { section: 'recording', schema: z.enum(['never', 'always']), default: 'never' },
  /** Days that calls, and recordings, are kept; 0 for ever. */
  keepCallsDays: { section: 'records', schema: z.int().min(0).max(36_500), default: 0 },
  keepRecordingsDays: { section: 'records', schema: z.int().min(0).max(36_500), default: 0 },
  /** Megabytes that the calls, and the recordings, may take; 0 for as many as there are. */
  callsLimitMegabytes: { section: 'records', schema: z.int().min(0).max(1_000_000), default: 0 },
  recordingsLimitMegabytes: { section: 'records', schema: z.int().min(0).max(100_000_000), default: 0 },
  /** Absolute path of a folder; empty for one in Offhook's own. */
  /** When the card of a caller is shown: for everybody, for those whom a directory knows, or not at all. */
  cardOnIncoming: { section: 'people', schema: z.enum(['always', 'known', 'never']), default: 'always' },
  cardOnOutgoing: { section: 'people', schema: z.enum(['always', 'known', 'never']), default: 'always' },
  /** The office's own page about a party, with `{number}`, `{name}` and `{firm}` in it; empty for none. */
  pageAddress: { section: 'people', schema: z.string().max(1000), default: '' },
  pageLabel: { section: 'people', schema: z.string().max(40), default: '' },
  /** What a link from another program does: asks first, or dials at once. Programs that are trusted always dial at once. */
  linkDialling: { section: 'links', schema: z.enum(['ask', 'dial']), default: 'ask' },
  /** Numbers that cost: asked for first, dialled like others, or not dialled at all from outside Offhook. */
  premiumDialling: { section: 'links', schema: z.enum(['ask', 'allow', 'refuse']), default: 'ask' },
  internationalDialling: { section: 'links', schema: z.enum(['ask', 'allow', 'refuse']), default: 'ask' },
  /** Countries besides the office's own that are dialled like the own one: ISO 3166 codes with spaces between. */
  usualCountries: { section: 'links', schema: z.string().regex(/^([A-Z]{2}( [A-Z]{2})*)?$/), default: '' },
  /** Electron's accelerator of the key that dials what is selected; empty for none. */
  dialSelectionKey: { section: 'links', schema: z.string().max(60), default: 'Ctrl+Alt+D' },
  /** Offers to dial a number that was copied. */
  clipboardWatching: { section: 'links', schema: z.enum(['off', 'on']), default: 'off' },
  /** The local API for other programs on this computer. */
  localApi: { section: 'programs', schema: z.enum(['on', 'off']), default: 'on' },
  /** Loopback ports; another one is taken while this one is not free. */
  localApiPort: { section: 'programs', schema: z.int().min(1024).max(65_535), default: 17_480 },
  localApiSecurePort: { section: 'programs', schema: z.int().min(1024).max(65_535), default: 17_443 },
  backupFolder: { section: 'records', schema: z.string().max(1000), default: '' },
} as const satisfies Record<string, { section: SettingsSection; schema: z.ZodType; default: unknown }>;

export type SettingKey = keyof typeof settingDefinitions;
type Schemas = { [K in SettingKey]: (typeof settingDefinitions)[K]['schema'] };

const schemas = Object.fromEntries(
  Object.entries(settingDefinitions).map(([key, definition]) => [key, definition.schema]),
) as Schemas;

export const settingsValues = z.object(schemas);
export type Settings = z.infer<typeof settingsValues>;
export const settingsPatch = settingsValues.partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;

export const defaultSettings: Settings = Object.fromEntries(
  Object.entries(settingDefinitions).map(([key, definition]) => [key, definition.default]),
) as Settings;
