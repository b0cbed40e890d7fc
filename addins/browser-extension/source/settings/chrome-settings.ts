import { readSettings, type ExtensionSettings } from './settings.ts';

export async function loadSettings(): Promise<ExtensionSettings> {
  return readSettings(await chrome.storage.local.get(null));
}

export async function saveSettings(changed: Partial<ExtensionSettings>): Promise<void> {
  await chrome.storage.local.set(changed);
}

export function onSettings(listener: (settings: ExtensionSettings) => void): void {
  chrome.storage.local.onChanged.addListener(() => void loadSettings().then(listener));
}
