import { runQueues, type Step } from '#build/steps.ts';
import { typeSteps } from '#build/types.ts';

const lint: Step = {
  name: 'lint and layers',
  command: ['eslint', '--cache', '--cache-location', '.cache/eslint/', '--max-warnings', '0', '.'],
};
const tests: Step = { name: 'unit and window tests', command: ['vitest', 'run', '--project', 'unit', '--project', 'renderer', '--reporter', 'dot'] };

const started = performance.now();
const [short, long] = typeSteps();
// The tests use both cores by themselves and wait for real time besides, so they begin first.
const well = await runQueues([[tests], [lint, ...long, ...short]]);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${well ? 'all well' : 'something is wrong, see above'} (${seconds} s)`);
process.exit(well ? 0 : 1);
