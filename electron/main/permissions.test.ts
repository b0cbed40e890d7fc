import { describe, expect, it } from 'vitest';
import { guardNavigation, mayOpenOutside } from './navigation.ts';
import { guardPermissions, mayHave } from './permissions.ts';

const page = 'offhook://app/index.html';

describe('permissions', () => {
  it('give our page the microphone', () => {
    expect(mayHave('media', page, ['audio'])).toBe(true);
  });

  it.each([
    ['the camera', 'media', page, ['video']],
    ['the camera beside the microphone', 'media', page, ['audio', 'video']],
    ['a device of an unknown kind', 'media', page, []],
    ['the place', 'geolocation', page, []],
    ['the screen', 'display-capture', page, []],
    ['anything to a foreign page', 'media', 'https://evil.example/', ['audio']],
    ['anything to a host that only begins like ours', 'media', 'offhook://app.evil/', ['audio']],
  ])('do not give %s', (_name, permission, requester, types) => {
    expect(mayHave(permission, requester, types)).toBe(false);
  });

  it('are asked of these rules by Electron, whichever way it asks', () => {
    type Session = Parameters<typeof guardPermissions>[0];
    const handlers: Record<string, (...args: never[]) => unknown> = {};
    const keep = (name: string) => (handler: unknown) => void (handlers[name] = handler as (...args: never[]) => unknown);
    guardPermissions({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
    } as unknown as Session);
    const answers: boolean[] = [];
    const ask = handlers.request as (...args: unknown[]) => void;
    ask(null, 'media', (answer: boolean) => answers.push(answer), { requestingUrl: page, mediaTypes: ['audio'] });
    ask(null, 'media', (answer: boolean) => answers.push(answer), { requestingUrl: page, mediaTypes: ['video'] });
    expect(answers).toEqual([true, false]);
    const check = handlers.check as (...args: unknown[]) => boolean;
    expect(check(null, 'media', 'offhook://app/', { mediaType: 'audio' })).toBe(true);
    expect(check(null, 'media', 'offhook://app/', { mediaType: 'video' })).toBe(false);
    expect((handlers.device as () => boolean)()).toBe(false);
  });
});

describe('navigation', () => {
  type Contents = Parameters<typeof guardNavigation>[0];
  function guarded() {
    const listeners = new Map<string, (event: { url: string; preventDefault(): void }) => void>();
    let openWindow: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
    const outside: string[] = [];
    guardNavigation(
      {
        on: (name: string, listener: never) => listeners.set(name, listener),
        setWindowOpenHandler: (handler: never) => void (openWindow = handler),
      } as unknown as Contents,
      (address) => outside.push(address),
    );
    const navigate = (url: string) => {
      let prevented = false;
      listeners.get('will-navigate')!({ url, preventDefault: () => (prevented = true) });
      return !prevented;
    };
    return { navigate, open: (url: string) => openWindow({ url }), outside };
  }

  it('stays on our page', () => {
    const { navigate } = guarded();
    expect(navigate('offhook://app/index.html')).toBe(true);
    expect(navigate('https://evil.example/')).toBe(false);
    expect(navigate('file:///etc/passwd')).toBe(false);
  });

  it('opens web links, mail and cards of 1C in their programs, and nothing else anywhere', () => {
    const { open, outside } = guarded();
    for (const url of ['https://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share'])
      expect(open(url)).toEqual({ action: 'deny' });
    expect(outside).toEqual(['https://example.org/']);
    for (const url of ['mailto:olga@example.org', 'e1c://server/base#e1cib/data/1']) expect(mayOpenOutside(url)).toBe(true);
    expect(mayOpenOutside('not an address')).toBe(false);
  });
});
