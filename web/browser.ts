import { existsSync } from 'node:fs';
import path from 'node:path';

export interface Machine {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  exists(file: string): boolean;
}

export function thisMachine(): Machine {
  return { platform: process.platform, environment: process.env, exists: existsSync };
}

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
];
const windowsPlaces = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];
const macPrograms = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

function candidates({ platform, environment }: Machine): string[] {
  if (platform === 'darwin') return macPrograms.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === 'win32') {
    const roots = [environment.ProgramFiles, environment['ProgramFiles(x86)'], environment.LOCALAPPDATA];
    return roots.flatMap((root) => (root ? windowsPlaces.map((place) => path.win32.join(root, ...place)) : []));
  }
  const folders = (environment.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return linuxNames.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
}

/** An installed Chromium, Chrome or Edge; `OFFHOOK_BROWSER` names another. Null when there is none. */
export function findBrowser(machine: Machine): string | null {
  const named = machine.environment.OFFHOOK_BROWSER;
  if (named) return machine.exists(named) ? named : null;
  return candidates(machine).find((file) => machine.exists(file)) ?? null;
}

/** Linux says by its environment whether there is a screen; the others always have one. */
export function hasDisplay({ platform, environment }: Machine): boolean {
  if (platform !== 'linux') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * How a browser is told to be our window: no tabs, a profile of its own, sound before the first click (a phone must
 * ring), and ICE over loopback even where that is the only network (the media relay's leg).
 */
export function windowArguments(options: { address: string; profile: string; asRoot: boolean }): string[] {
  return [
    `--app=${options.address}`,
    `--user-data-dir=${options.profile}`,
    '--allow-loopback-in-peer-connection',
    '--autoplay-policy=no-user-gesture-required',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=Translate',
    // Timers and audio go on when the window is covered.
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--window-size=1180,780',
    ...(options.asRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}
