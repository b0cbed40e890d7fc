import os from 'node:os';
import path from 'node:path';

export interface Place {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  home: string;
}

/** Where this user's Offhook keeps everything: `OFFHOOK_DATA`, or the system's folder for programs' data. */
export function dataDirectory(place: Place = { platform: process.platform, environment: process.env, home: os.homedir() }): string {
  const { platform, environment, home } = place;
  if (environment.OFFHOOK_DATA) return path.resolve(environment.OFFHOOK_DATA);
  if (platform === 'win32') return path.win32.join(environment.APPDATA ?? path.win32.join(home, 'AppData', 'Roaming'), 'Offhook');
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Offhook');
  // The XDG specification asks to ignore a relative path.
  const data = environment.XDG_DATA_HOME?.startsWith('/') ? environment.XDG_DATA_HOME : path.posix.join(home, '.local', 'share');
  return path.posix.join(data, 'offhook');
}
