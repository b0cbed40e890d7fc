import path from 'node:path';

/** Where a browser looks for the manifests of native hosts. */
export interface BrowserPlace {
  browser: string;
  family: 'chromium' | 'firefox';
  /** There when the browser has been used; on Windows the registry takes anything. */
  profile: string;
  folder: string;
}

const chromiumFolders = [
  ['Chromium', 'chromium'],
  ['Google Chrome', 'google-chrome'],
  ['Microsoft Edge', 'microsoft-edge'],
  ['Yandex Browser', 'yandex-browser'],
  ['Brave', 'BraveSoftware/Brave-Browser'],
] as const;

/** @param configuration `$XDG_CONFIG_HOME`, or `~/.config` */
export function linuxPlaces(home: string, configuration: string): BrowserPlace[] {
  const chromium = chromiumFolders.map(([browser, name]): BrowserPlace => {
    const profile = path.posix.join(configuration, name);
    return { browser, family: 'chromium', profile, folder: path.posix.join(profile, 'NativeMessagingHosts') };
  });
  const profile = path.posix.join(home, '.mozilla');
  const folder = path.posix.join(profile, 'native-messaging-hosts');
  return [...chromium, { browser: 'Firefox', family: 'firefox', profile, folder }];
}

/** Keys of the registry, each with the path of a manifest as its default value. */
export const windowsKeys = [
  { family: 'chromium', key: String.raw`HKCU\Software\Google\Chrome\NativeMessagingHosts` },
  { family: 'chromium', key: String.raw`HKCU\Software\Microsoft\Edge\NativeMessagingHosts` },
  { family: 'chromium', key: String.raw`HKCU\Software\Chromium\NativeMessagingHosts` },
  { family: 'firefox', key: String.raw`HKCU\Software\Mozilla\NativeMessagingHosts` },
] as const;
