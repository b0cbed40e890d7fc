import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';
import { runQueues, type Step } from '#build/steps.ts';

const layers = ['core', 'servers', 'contract', 'web', 'electron', 'cli', 'build', 'test'];

function hasSources(layer: string): boolean {
  return readdirSync(path.join(root, layer), { recursive: true }).some((file) => /\.[mc]?ts$/.test(String(file)));
}

/** One type check a layer, each with its own libraries: core sees no DOM, the window no Node. */
export function typeSteps(): Step[][] {
  const cache = path.join(root, '.cache', 'types');
  mkdirSync(cache, { recursive: true });
  const check = (layer: string, compiler: string): Step => ({
    name: `types: ${layer}`,
    command: [compiler, '-p', layer, '--noEmit', '--incremental', '--tsBuildInfoFile', path.join(cache, `${layer}.tsbuildinfo`)],
  });
  const plain = layers.filter(hasSources).map((layer) => check(layer, 'tsc'));
  const middle = Math.ceil(plain.length / 2);
  return [
    [check('renderer', 'vue-tsc'), ...plain.slice(middle)],
    plain.slice(0, middle),
  ];
}

if (import.meta.main) process.exit((await runQueues(typeSteps())) ? 0 : 1);
