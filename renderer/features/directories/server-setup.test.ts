import { afterEach, describe, expect, it, vi } from 'vitest';
import { ldapConfig, sampleSource } from '#renderer/gallery/sample-sources.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { openSourcesPage } from './sources-window.test-support.ts';

let unmount = () => {};
afterEach(() => unmount());

async function build(...args: Parameters<typeof openSourcesPage>) {
  const window = await openSourcesPage(...args);
  unmount = () => window.page.unmount();
  const begin = async (kind: string) => {
    await window.click('add-source');
    await window.click(`kind-${kind}`);
  };
  const step = () => window.find('source-setup').attributes('data-step');
  return { ...window, begin, step };
}

describe('connecting a server', () => {
  it('says what is wrong beside the field, and asks the server only when all is there', async () => {
    const { begin, next, text, commands } = await build();
    await begin('ldap');
    await next();
    expect(text()).toContain('Без базы поиска сервер не знает, где искать');
    expect(commands('directories.preview')).toEqual([]);
  });

  it('says why the server refused, and keeps all that was typed', async () => {
    const failures = {
      ldap: { code: 'directory.wrong-password' as const, values: { host: 'dc1' }, detail: 'LDAP 49' },
    };
    const { begin, type, next, text, find, step, commands } = await build({ failures });
    await begin('ldap');
    await type('ldap-host', 'dc1');
    await type('ldap-base', 'DC=office');
    await type('ldap-bind', 'reader');
    await next();
    expect(text()).toContain('Введите пароль');
    await type('source-secret', 'geheim');
    await next();
    expect([step(), text().includes('Сервер dc1 не принял имя или пароль.')]).toEqual(['form', true]);
    expect((find('source-secret').element as HTMLInputElement).value).toBe('geheim');
    expect(commands('directories.preview')).toMatchObject([{ secret: 'geheim', directoryId: null }]);
  });

  it('warns where a password would go in clear text, and follows with the port', async () => {
    const { begin, find, has } = await build();
    await begin('ldap');
    expect(has('ldap-clear')).toBe(false);
    await find('ldap-security').setValue('none');
    expect(has('ldap-clear')).toBe(true);
    expect((find('ldap-port').element as HTMLInputElement).value).toBe('389');
  });

  it('lets the certificate of the office be chosen among the files', async () => {
    const { begin, click, page, setup } = await build({ home: 'C:\\ProgramData' });
    await begin('ldap');
    await click('ldap-choose');
    await page.get('[data-testid=file-entry]').trigger('click');
    expect(setup.draft.certificateAuthority).toBe('C:\\ProgramData\\office-ca.pem');
    expect(page.find('[data-testid=file-chooser]').exists()).toBe(false);
  });

  it('puts no password into an address', async () => {
    const { begin, type, next, text, commands } = await build();
    await begin('carddav');
    await type('source-url', 'https://olga:secret@cloud.example');
    await next();
    expect(text()).toContain('Уберите имя и пароль из адреса');
    expect(commands('directories.preview')).toEqual([]);
  });

  it('offers the address books found, and reads those that stay checked', async () => {
    const { begin, type, next, find, commands } = await build();
    await begin('carddav');
    await type('source-url', 'cloud.example');
    await next();
    await find('part-/olga/old/').setValue(false);
    await next();
    await next();
    expect(commands('directories.add')).toMatchObject([
      {
        label: 'cloud.example',
        config: { url: 'https://cloud.example', addressBooks: ['/olga/contacts/', '/olga/office/'] },
      },
    ]);
  });

  it('keeps the forms when one goes back and forth', async () => {
    const { begin, type, click, find } = await build();
    await begin('ldap');
    await type('ldap-host', 'dc1');
    await click('setup-back');
    await click('kind-sheet');
    await click('setup-back');
    await click('kind-ldap');
    expect((find('ldap-host').element as HTMLInputElement).value).toBe('dc1');
  });
});

describe('a kept password', () => {
  const list = () => [
    sampleSource({ id: 'ldap', kind: 'ldap', label: 'Сотрудники', config: ldapConfig(), hasSecret: true }),
  ];
  const edit = async () => {
    const window = await build({ list: list() });
    window.setup.start({ kind: 'edit', id: 'ldap' });
    await settle();
    return window;
  };

  it('is not shown, and stays when something else changes', async () => {
    const { text, has, next, type, commands } = await edit();
    expect([text().includes('Пароль сохранён'), has('source-secret')]).toEqual([true, false]);
    await next();
    await next();
    await type('source-label', 'Коллеги');
    await next();
    expect(commands('directories.preview')).toMatchObject([{ secret: null, directoryId: 'ldap' }]);
    const [{ patch }] = commands('directories.change') as [{ patch: Record<string, unknown> }];
    expect(patch).toMatchObject({ label: 'Коллеги', config: { kind: 'ldap' } });
    expect(patch).not.toHaveProperty('secret');
  });

  it('goes to no other server: it is asked for again', async () => {
    const { type, next, text, commands } = await edit();
    await type('ldap-host', 'other.example');
    await next();
    expect(text()).toContain('Введите пароль');
    await type('source-secret', 'geheim');
    await next();
    expect(commands('directories.preview')).toMatchObject([{ secret: 'geheim', directoryId: null }]);
  });

  it('is forgotten where nobody binds any more', async () => {
    const { type, next, commands } = await edit();
    await type('ldap-bind', '');
    for (let at = 0; at < 3; at++) await next();
    expect(commands('directories.change')).toMatchObject([{ patch: { secret: null } }]);
  });
});

describe('signing in', () => {
  it('opens the page, shows the code, waits for the end, and goes on by itself', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const { begin, click, find, has, bridge, step, next, commands } = await build();
    await begin('graph');
    expect(has('setup-next')).toBe(false);
    await click('sign-in');
    expect(opened.mock.calls[0]?.[0]).toBe('https://login.example/device');
    expect(find('sign-in-code').text()).toBe('K7QF-2MZD');
    bridge.emit('directories.signedIn', { signInId: 'sign-in-1', error: null });
    await settle();
    expect(step()).toBe('preview');
    expect(commands('directories.preview')).toMatchObject([{ signInId: 'sign-in-1', secret: null }]);
    await next();
    await find('source-label').setValue('Microsoft 365');
    await next();
    expect(commands('directories.add')).toMatchObject([{ signInId: 'sign-in-1', label: 'Microsoft 365' }]);
    opened.mockRestore();
  });

  it('says why it failed, and begins again', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const { begin, click, text, bridge, has } = await build();
    await begin('graph');
    await click('sign-in');
    bridge.emit('directories.signedIn', {
      signInId: 'sign-in-1',
      error: { code: 'directory.sign-in-failed', values: {}, detail: 'access_denied' },
    });
    await settle();
    expect(text()).toContain('Войти не получилось.');
    await click('sign-in');
    expect(has('sign-in-code')).toBe(true);
    opened.mockRestore();
  });

  it('opens nothing but a page of the web', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const { begin, click, bridge, has } = await build();
    bridge.answer('directories.signIn', () => ({ signInId: 's', url: 'javascript:alert(1)', userCode: null }));
    await begin('graph');
    await click('sign-in');
    expect([opened.mock.calls.length, has('sign-in-link')]).toEqual([0, false]);
    opened.mockRestore();
  });

  it('renews the right of a source that lost it', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const problem = { code: 'directory.sign-in-needed' as const, values: {}, detail: null };
    const source = sampleSource({
      id: 'graph',
      kind: 'graph',
      label: 'M365',
      config: { kind: 'graph', clientId: '', tenant: 'common' },
      hasSecret: true,
      problem,
    });
    const { click, bridge, next, commands } = await build({ list: [source] });
    await click('source-remedy');
    await click('sign-in');
    bridge.emit('directories.signedIn', { signInId: 'sign-in-1', error: null });
    await settle();
    await next();
    await next();
    expect(commands('directories.change')).toMatchObject([{ id: 'graph', patch: { signInId: 'sign-in-1' } }]);
    opened.mockRestore();
  });
});
