import { settingDefinitions } from '#contract/settings.ts';
import type { SettingKey, SettingsSection } from '#contract/settings.ts';

/** How a setting is shown, read from its schema; devices have their own control. */
export type FieldKind = 'choice' | 'number' | 'percent' | 'text' | 'country' | 'device';

const devices: readonly SettingKey[] = ['microphoneId', 'speakerId', 'ringerId'];

export function fieldKind(key: SettingKey): FieldKind {
  if (devices.includes(key)) return 'device';
  if (key === 'country') return 'country';
  if (key === 'ringerVolume') return 'percent';
  const { type } = settingDefinitions[key].schema;
  if (type === 'enum') return 'choice';
  return type === 'number' ? 'number' : 'text';
}

export function choicesOf(key: SettingKey): readonly string[] {
  const { schema } = settingDefinitions[key];
  return 'options' in schema ? schema.options : [];
}

export function keysOf(section: SettingsSection): SettingKey[] {
  return (Object.keys(settingDefinitions) as SettingKey[]).filter((key) => settingDefinitions[key].section === section);
}

/** The value of a form field as the setting takes it, or undefined where it cannot be so. */
export function readField(key: SettingKey, text: string): unknown {
  const { schema } = settingDefinitions[key];
  const parsed = schema.safeParse(schema.type === 'number' ? Number(text) : text);
  return parsed.success ? parsed.data : undefined;
}

/** Offices that dial like one of these; any other two-letter code can come from the settings file. */
export const countries = ['RU', 'BY', 'KZ', 'AM', 'KG', 'UZ', 'GE', 'RS', 'TR', 'DE', 'GB', 'US'] as const;
