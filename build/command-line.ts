import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';

const languages = ['ru', 'en'] as const;

/**
 * The window's sentences for failures, for those who may not import the window. What vue-i18n writes as `{'@'}` is the
 * character itself.
 */
export function errorSentences(language: (typeof languages)[number]): Record<string, string> {
  const file = path.join(root, 'renderer', 'locales', `${language}.json`);
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const own = Object.entries(texts).filter(([key]) => key.startsWith('errors.'));
  return Object.fromEntries(own.map(([key, text]) => [key, text.replaceAll(/\{'([^']*)'\}/g, '$1')]));
}

export function writeErrorSentences(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const language of languages)
    writeFileSync(path.join(folder, `${language}.json`), JSON.stringify(errorSentences(language)));
}

/** Bundles the `offhook` command, which runs on any Node from 20 on, with the sentences it needs. */
export async function bundleCommandLine(outDir: string): Promise<void> {
  const { build } = await import('vite');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    define: { __OFFHOOK_VERSION__: JSON.stringify(version) },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: { offhook: path.join(root, 'cli', 'main.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/offhook-[name]-[hash].js' },
      },
    },
  });
  writeErrorSentences(path.join(outDir, 'sentences'));
}
