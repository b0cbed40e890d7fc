import { runQueues, type Step } from '#build/steps.ts';
import { typeSteps } from '#build/types.ts';

const lint: Step = {
  name: 'lint and layers',
  command: ['eslint', '--cache', '--cache-location', '.cache/eslint/', '--max-warnings', '0', '.'],
};
// Many files in one process, so that libraries are loaded once; `npm test` gives each file its own.
const unit: Step = {
  name: 'unit tests',
  command: ['vitest', 'run', '--project', 'unit', '--no-isolate', '--reporter', 'dot'],
};
const windows: Step = {
  name: 'window tests',
  command: ['vitest', 'run', '--project', 'renderer', '--reporter', 'dot'],
};

const started = performance.now();
const [short, long] = typeSteps();
// The unit tests use both cores by themselves and wait for real time besides, so they begin first.
const well = await runQueues([
  [unit, windows],
  [lint, ...long, ...short],
]);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${well ? 'all well' : 'something is wrong, see above'} (${seconds} s)`);
process.exit(well ? 0 : 1);
