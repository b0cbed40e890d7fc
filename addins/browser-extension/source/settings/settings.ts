/** What the user has chosen; kept in the browser, on this computer. */
export interface ExtensionSettings {
  enabled: boolean;
  /** Of numbers that are written without a country: ISO 3166, e.g. `RU`. */
  country: string;
  /** Hosts that are left alone, each with all below it. */
  offSites: string[];
}

export const defaultSettings: ExtensionSettings = { enabled: true, country: 'RU', offSites: [] };

const mostSites = 500;

/** A host as a person writes it: an address, with `www.`, in capitals. Null for what is none. */
export function readSite(text: string): string | null {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/\s:]+)/i.exec(text.trim())?.[1]?.toLowerCase() ?? '';
  return host === '' ? null : host;
}

/** Settings out of what lies in the store; what is missing or spoilt is as it was from the start. */
export function readSettings(stored: Readonly<Record<string, unknown>>): ExtensionSettings {
  const { enabled, country, offSites } = stored;
  const sites = Array.isArray(offSites) ? offSites.filter((site): site is string => typeof site === 'string') : [];
  return {
    enabled: typeof enabled === 'boolean' ? enabled : defaultSettings.enabled,
    country: typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : defaultSettings.country,
    offSites: sites.slice(0, mostSites),
  };
}

export function isOnFor(host: string, { enabled, offSites }: ExtensionSettings): boolean {
  return enabled && !offSites.some((site) => host === site || host.endsWith(`.${site}`));
}
