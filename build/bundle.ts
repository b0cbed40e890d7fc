import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compileComHelper } from '#build/com-helper.ts';
import { bundleBrowserExtension } from '#build/browser-extension.ts';
import { bundleCommandLine } from '#build/command-line.ts';
import { buildOfficePane } from '#build/office-pane.ts';
import { root } from '#build/root.ts';
import { sourceHash } from '#build/source-hash.ts';

/** Everything that is built from; a change in any of it builds anew. */
const sources = ['contract', 'core', 'web', 'electron', 'cli', 'servers', 'renderer', 'addins', 'resources', 'build/bundle.ts', 'build/command-line.ts', 'build/office-pane.ts', 'build/browser-extension.ts', 'vite.config.ts', 'package-lock.json'];

/** Programs and workers, by the name of their file in dist/. */
const programs = {
  web: 'web/main.ts',
  pbx: 'build/start/exchange-process.ts',
  'relay-worker': 'core/media/relay/relay-worker.ts',
  'storage-worker': 'core/storage/storage-worker.ts',
  'export-worker': 'core/exports/export-worker.ts',
  'directory-worker': 'core/composition/directory-worker.ts',
  'people-worker': 'core/composition/people-worker.ts',
  'search-worker': 'core/contacts/matching/search-worker.ts',
  'sheet-worker': 'core/composition/sheet-worker.ts',
  'electron/main': 'electron/main/main.ts',
  'electron/agent': 'electron/agent/agent.ts',
};

/** Bundles programs of Node, given by the name of their file and where they begin, relative to the root. */
export async function bundlePrograms(entries: Record<string, string>, outDir: string): Promise<void> {
  // Loaded here, because an up-to-date start needs none of it.
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3', 'electron'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}

/** A sandboxed preload is one CommonJS file; `electron` is all that it may require. */
async function bundlePreload(outDir: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir: path.join(outDir, 'electron'),
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: path.join(root, 'electron', 'preload', 'preload.ts'),
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  });
}

async function bundleWindow(outDir: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: path.join(outDir, 'renderer'), emptyOutDir: true, reportCompressedSize: false },
  });
}

/** Bundles into dist/ unless it is there already from the same sources. Returns the ms it took; 0 when nothing was done. */
export async function bundle(): Promise<number> {
  const started = performance.now();
  const dist = path.join(root, 'dist');
  const stampFile = path.join(dist, '.sources');
  const stamp = sourceHash(root, sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0;
  // Built aside and swapped in whole, so that nothing ever starts from half of it.
  const draft = path.join(root, '.cache', `dist-${process.pid}`);
  const old = path.join(root, '.cache', `dist-old-${process.pid}`);
  mkdirSync(draft, { recursive: true });
  try {
    await bundlePrograms(programs, draft);
    await bundleCommandLine(draft);
    await bundleBrowserExtension(path.join(draft, 'browser-extension'));
    await bundlePreload(draft);
    await bundleWindow(draft);
    await buildOfficePane(path.join(draft, 'office-pane'));
    compileComHelper(draft);
    cpSync(path.join(root, 'resources', 'icons', 'tray.png'), path.join(draft, 'electron', 'tray.png'));
    writeFileSync(path.join(draft, '.sources'), stamp);
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(draft, dist);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
  return Math.round(performance.now() - started);
}

if (import.meta.main) {
  const took = await bundle();
  console.log(took === 0 ? 'dist/ is up to date' : `dist/ built in ${took} ms`);
}
