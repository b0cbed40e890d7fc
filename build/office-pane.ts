import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';

const pane = path.join(root, 'addins', 'office-pane');

/** Makes the pane for Excel and Outlook: one script, a page, its style, an icon, and the two manifests. */
export async function buildOfficePane(outDir: string): Promise<void> {
  // Loaded here, because an up-to-date start needs none of it.
  const { build } = await import('vite');
  mkdirSync(outDir, { recursive: true });
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: path.join(pane, 'source', 'main.ts'),
        output: { format: 'es', entryFileNames: 'pane.js' },
      },
    },
  });
  cpSync(path.join(pane, 'pages'), outDir, { recursive: true });
  cpSync(path.join(pane, 'manifests'), outDir, { recursive: true });
  cpSync(path.join(root, 'resources', 'icons', 'tray.png'), path.join(outDir, 'icon.png'));
}
