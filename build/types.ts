import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';
import { runQueues, type Step } from '#build/steps.ts';

/**
 * One check for each set of libraries: the window knows no Node, the contract neither Node nor DOM, core and servers
 * no DOM. build/tsconfig.json takes every layer in that knows Node alone, so that core is checked once, not five times.
 */
export function typeSteps(): [Step[], Step[]] {
  const cache = path.join(root, '.cache', 'types');
  mkdirSync(cache, { recursive: true });
  const check = (project: string, compiler: string, covers = project): Step => ({
    name: `types: ${covers}`,
    command: [compiler, '-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', path.join(cache, `${project}.tsbuildinfo`)],
  });
  return [
    [check('renderer', 'vue-tsc'), check('contract', 'tsc'), check('electron', 'tsc'), check('addins/office-pane', 'tsc'), check('addins/browser-extension', 'tsc')],
    [check('build', 'tsc', 'core, servers, web, cli, build'), check('test', 'tsc')],
  ];
}

if (import.meta.main) process.exit((await runQueues(typeSteps())) ? 0 : 1);
