#!/usr/bin/env node
// The `offhook` command in the repository's folder. Runs on whatever Node there is from 20 on; the bundle brings the rest.
import { existsSync } from 'node:fs';
import module from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/offhook.js', import.meta.url);

if (existsSync(fileURLToPath(program))) {
  // Compiled once, not at each call; from Node 22 on.
  module.enableCompileCache?.(fileURLToPath(new URL('../.cache/compiled', import.meta.url)));
  await import(program.href);
} else {
  const russian = /^ru/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
  process.stderr.write(
    russian
      ? 'Команда offhook ещё не собрана: запустите один раз npm start или npm run build.\n'
      : 'The offhook command is not built yet: run npm start, or npm run build, once.\n',
  );
  process.exitCode = 3;
}
