import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from '#build/root.ts';

export interface Step {
  name: string;
  /** Program of node_modules/.bin and its parameters. */
  command: readonly string[];
  environment?: NodeJS.ProcessEnv;
  /** Shows its output as it comes; else only when it fails. */
  live?: boolean;
}

const binaries = path.join(root, 'node_modules', '.bin');

/** The environment in which our own tools are found, and Node 24 with them. */
export function toolEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${binaries}${path.delimiter}${process.env.PATH ?? ''}`, ...more };
}

/** Runs a step in the repository's folder. Returns its exit code (1 when a signal ended it) and, unless live, its output. */
export function run(step: Step): Promise<{ code: number; output: string }> {
  const [program = '', ...parameters] = step.command;
  const child = spawn(program, parameters, {
    cwd: root,
    env: toolEnvironment(step.environment),
    shell: process.platform === 'win32',
    stdio: step.live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs steps one after another and tells of each; true when all went well. */
export async function runInTurn(steps: readonly Step[]): Promise<boolean> {
  let well = true;
  for (const step of steps) {
    const started = performance.now();
    const { code, output } = await run(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${code === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)`);
    if (code !== 0) {
      console.log(output.trimEnd());
      well = false;
    }
  }
  return well;
}

/** Several queues at once; two keep both cores of a small machine busy. */
export async function runQueues(queues: readonly (readonly Step[])[]): Promise<boolean> {
  const outcomes = await Promise.all(queues.map(runInTurn));
  return outcomes.every(Boolean);
}
