import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeRunProgram } from '#core/office/desktop/node-run-program.ts';
import { makeCertificate } from '#core/office/local-api/certificate/make-certificate.ts';
import { NssCertificateTrust } from '#core/office/local-api/certificate/nss-certificate-trust.ts';
import { desktopFile } from '#core/office/links/registration/desktop-entry.ts';
import { XdgLinkRegistration } from '#core/office/links/registration/xdg-link-registration.ts';
import { FileJsonDocument } from '#core/settings/file-json-document.ts';
import { systemClock } from '#core/foundation/clock.ts';
import { ShellProcess, bundlePrograms } from '#test/support/shell-process.ts';
import { hasProgram } from '#test/support/has-program.ts';
import { OffhookCommand } from '#test/support/offhook-command.ts';
import { openStage } from '#test/support/stage.ts';

const hasTools = hasProgram('xdg-mime') && hasProgram('certutil');

test.runIf(hasTools)('links, browsers and the certificate are as before Offhook after offhook clean-up', async () => {
  await bundlePrograms();
  const home = openStage().folder('home');
  const [dataHome, configHome, directory] = ['share', 'config', 'data'].map((name) => path.join(home, name)) as [
    string,
    string,
    string,
  ];
  const environment = {
    ...{ HOME: home, XDG_DATA_HOME: dataHome, XDG_CONFIG_HOME: configHome, XDG_DATA_DIRS: path.join(home, 'system') },
    DISPLAY: ':0',
  };
  for (const folder of [path.join(configHome, 'chromium'), directory]) mkdirSync(folder, { recursive: true });
  const command = new OffhookCommand(directory, environment);
  expect(await command.run('clean-up')).toEqual({
    code: 0,
    out: 'Nothing of Offhook was set up in the system.\n',
    said: '',
  });

  const run = nodeRunProgram({ PATH: process.env['PATH'], ...environment });
  const links = new XdgLinkRegistration({
    ...{ program: { command: ['/opt/offhook', 'open'], icon: null }, dataHome, configHome, run },
    dataDirectories: [path.join(home, 'system')],
    document: new FileJsonDocument({ file: path.join(directory, 'links-before.json'), clock: systemClock }),
  });
  await links.register(true);
  const manifest = path.join(configHome, 'chromium/NativeMessagingHosts/com.offhook.host.json');
  expect(await command.run('native-host', '--install')).toMatchObject({ code: 0 });
  expect(existsSync(manifest)).toBe(true);
  const trust = new NssCertificateTrust({ home });
  const { key: _key, ...shown } = await makeCertificate(Date.now());
  await trust.add(shown.authority);
  writeFileSync(path.join(directory, 'local-certificate.json'), JSON.stringify(shown));

  const outcome = await command.run('clean-up');
  expect(outcome).toMatchObject({ code: 0, said: '' });
  expect(outcome.out.split('\n')).toEqual([
    'Links are opened as before Offhook.',
    `Removed: ${manifest}`,
    `Removed: ${path.join(directory, 'native-host', 'offhook-native-host')}`,
    'The certificate is no longer trusted.',
    '',
  ]);
  expect(existsSync(manifest)).toBe(false);
  expect(await trust.has(shown.authority)).toBe(false);
  expect(readFileSync(path.join(configHome, 'mimeapps.list'), 'utf8')).not.toContain(desktopFile);
  expect((await links.status()).schemes.filter(({ ours }) => ours)).toEqual([]);
  expect(await command.run('clean-up')).toMatchObject({ out: 'Nothing of Offhook was set up in the system.\n' });
});

test('a running Offhook is to be quit before offhook clean-up', async () => {
  const stage = openStage();
  const directory = stage.folder('shell');
  const shell = new ShellProcess({ directory, demo: null });
  await stage.enter(shell);
  const outcome = await new OffhookCommand(path.join(directory, 'data')).run('clean-up');
  expect(outcome).toEqual({
    code: 1,
    out: '',
    said: 'Quit Offhook first: it still uses what is to be removed.\n',
  });
});
