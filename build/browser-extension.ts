import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { manifestFor, type BrowserFamily } from '../addins/browser-extension/manifest.ts';
import { root } from '#build/root.ts';

const source = path.join(root, 'addins', 'browser-extension');

/** Scripts, by the name of their file in the extension. Each is one classic script: pages take no modules. */
const scripts = {
  content: 'source/content/main.ts',
  background: 'source/background/main.ts',
  popup: 'source/pages/popup.ts',
  options: 'source/pages/options.ts',
};

async function bundleScripts(outDir: string): Promise<void> {
  const { build } = await import('vite');
  for (const [name, file] of Object.entries(scripts)) {
    await build({
      root: source,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      build: {
        outDir,
        emptyOutDir: false,
        target: ['chrome128', 'firefox140'],
        minify: true,
        modulePreload: false,
        rolldownOptions: {
          input: path.join(source, file),
          output: { format: 'iife', entryFileNames: `${name}.js` },
        },
      },
    });
  }
}

/** Makes the browser extension, unpacked, as each family of browsers takes it: `chromium/` and `firefox/` in the folder. */
export async function bundleBrowserExtension(outDir: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const first = path.join(outDir, 'chromium');
  mkdirSync(first, { recursive: true });
  await bundleScripts(first);
  cpSync(path.join(source, '_locales'), path.join(first, '_locales'), { recursive: true });
  for (const page of ['popup.html', 'options.html', 'pages.css'])
    cpSync(path.join(source, 'pages', page), path.join(first, page));
  cpSync(path.join(source, 'source', 'content', 'content.css'), path.join(first, 'content.css'));
  cpSync(path.join(root, 'resources', 'icons', 'tray.png'), path.join(first, 'icon.png'));
  cpSync(first, path.join(outDir, 'firefox'), { recursive: true });
  for (const family of ['chromium', 'firefox'] satisfies BrowserFamily[])
    writeFileSync(
      path.join(outDir, family, 'manifest.json'),
      `${JSON.stringify(manifestFor(family, version), null, 2)}\n`,
    );
}
