import { loadSettings, saveSettings } from '../settings/chrome-settings.ts';
import { readSite } from '../settings/settings.ts';
import { byId, fillTexts } from './page-texts.ts';

/** The office's countries first; behind them the rest of those that its numbers are likely written for. */
const countries =
  'RU BY KZ AM AZ GE KG MD TJ TM UZ UA AE AT BG CH CN CY CZ DE DK EE ES FI FR GB GR HU IL IN IT JP KR LT LV ME NL NO PL PT RO RS SE SK TR US VN'.split(
    ' ',
  );

fillTexts();
const enabled = byId('enabled', HTMLInputElement);
const country = byId('country', HTMLSelectElement);
const sites = byId('sites', HTMLTextAreaElement);

const names = new Intl.DisplayNames([chrome.i18n.getMessage('language')], { type: 'region' });
country.append(...countries.map((code) => new Option(names.of(code) ?? code, code)));

void loadSettings().then((settings) => {
  enabled.checked = settings.enabled;
  country.value = settings.country;
  sites.value = settings.offSites.join('\n');
});
enabled.addEventListener('change', () => void saveSettings({ enabled: enabled.checked }));
country.addEventListener('change', () => void saveSettings({ country: country.value }));
sites.addEventListener('change', () => {
  const offSites = [...new Set(sites.value.split('\n').map(readSite))].filter((site) => site !== null);
  sites.value = offSites.join('\n');
  void saveSettings({ offSites });
});
