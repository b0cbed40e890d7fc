import type { PageState, PhoneState, ToBackground, ToPage } from '../messages.ts';
import { loadSettings, saveSettings } from '../settings/chrome-settings.ts';
import { isOnFor, readSite, type ExtensionSettings } from '../settings/settings.ts';
import { byId, fillTexts } from './page-texts.ts';

async function pageState(): Promise<PageState | null> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return null;
  // A page of the browser's own has no script of ours in it.
  return await chrome.tabs.sendMessage<ToPage, PageState>(tab.id, { kind: 'page' }).catch(() => null);
}

function withSite(settings: ExtensionSettings, site: string, on: boolean): string[] {
  const others = settings.offSites.filter((each) => each !== site && !site.endsWith(`.${each}`));
  return on ? others : [...others, site];
}

async function showPage(): Promise<void> {
  const page = await pageState();
  const site = page && readSite(page.host);
  if (!page || !site) return;
  byId('found', HTMLElement).textContent = chrome.i18n.getMessage('found', [String(page.marks)]);
  byId('site-label', HTMLElement).textContent = chrome.i18n.getMessage('onSite', [site]);
  byId('site-row', HTMLElement).hidden = false;
  const box = byId('site', HTMLInputElement);
  const settings = await loadSettings();
  box.checked = isOnFor(site, { ...settings, enabled: true });
  box.addEventListener('change', () => {
    void loadSettings().then((now) => saveSettings({ offSites: withSite(now, site, box.checked) }));
  });
}

async function showPhone(): Promise<void> {
  const { state } = await chrome.runtime.sendMessage<ToBackground, PhoneState>({ kind: 'state' });
  byId('phone', HTMLElement).textContent = chrome.i18n.getMessage(`phone_${state.replace('-', '_')}`);
}

fillTexts();
const enabled = byId('enabled', HTMLInputElement);
enabled.addEventListener('change', () => void saveSettings({ enabled: enabled.checked }));
byId('options', HTMLButtonElement).addEventListener('click', () => chrome.runtime.openOptionsPage());
void loadSettings().then((settings) => (enabled.checked = settings.enabled));
void showPage();
void showPhone();
