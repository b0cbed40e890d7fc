import type { Session } from 'electron';
import { pageOrigin } from '../channels.ts';

const harmless = new Set(['speaker-selection', 'notifications', 'clipboard-sanitized-write']);

function isOurs(address: string): boolean {
  return address === pageOrigin || address.startsWith(`${pageOrigin}/`);
}

/** True for what our own page may have: the microphone, the choice of a speaker, notifications. Never the camera. */
export function mayHave(permission: string, requester: string, mediaTypes: readonly string[] = []): boolean {
  if (!isOurs(requester)) return false;
  if (permission === 'media') return mediaTypes.length > 0 && mediaTypes.every((type) => type === 'audio');
  return harmless.has(permission);
}

export function guardPermissions(session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    callback(mayHave(permission, details.requestingUrl, types));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    mayHave(permission, origin.replace(/\/$/, ''), details.mediaType === undefined ? [] : [details.mediaType]),
  );
  session.setDevicePermissionHandler(() => false);
}
