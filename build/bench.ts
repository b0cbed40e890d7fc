import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from '#build/bundle.ts';
import { root } from '#build/root.ts';
import type { Measure, Measured } from '#test/bench/measure.ts';

interface Outcome {
  measure: Measure;
  measured: Measured | null;
  failure: string | null;
}

/** Every `…-measures.ts` of test/bench; the other modules there are programs of their own. */
async function allMeasures(): Promise<Measure[]> {
  const folder = path.join(root, 'test', 'bench');
  const files = readdirSync(folder).filter((file) => file.endsWith('-measures.ts'));
  const modules = await Promise.all(
    files.sort().map(async (file) => (await import(pathToFileURL(path.join(folder, file)).href)) as { measures: Measure[] }),
  );
  return modules.flatMap((module) => module.measures);
}

async function take(measure: Measure): Promise<Outcome> {
  try {
    return { measure, measured: await measure.run(), failure: null };
  } catch (error) {
    return { measure, measured: null, failure: error instanceof Error ? error.message : String(error) };
  }
}

const round = (value: number) => Number(value.toPrecision(3));

function isOk({ measure, measured }: Outcome): boolean {
  return measured !== null && measured.value <= measure.goal;
}

function jsonLine(outcome: Outcome): string {
  const { measure, measured, failure } = outcome;
  const { id, stat, unit, goal } = measure;
  const against = measured?.against ? { against: { name: measured.against.name, value: round(measured.against.value) } } : {};
  const value = measured ? round(measured.value) : null;
  return JSON.stringify({ id, stat, value, unit, goal, ok: isOk(outcome), ...against, ...(failure ? { failure } : {}) });
}

function row(outcome: Outcome): Record<string, string> {
  const { measure, measured, failure } = outcome;
  return {
    id: measure.id,
    what: measure.title,
    value: measured ? `${measure.stat} ${round(measured.value)} ${measure.unit}` : (failure ?? ''),
    goal: `≤ ${measure.goal} ${measure.unit}`,
    ok: isOk(outcome) ? 'yes' : 'NO',
    against: measured?.against ? `${measured.against.name} ${round(measured.against.value)}` : '',
  };
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } } });
const measures = await allMeasures();
const unknown = values.only?.find((id) => !measures.some((measure) => measure.id === id));
if (unknown !== undefined) {
  console.error(`no measure ${unknown}; there are: ${measures.map((measure) => measure.id).join(', ')}`);
  process.exit(2);
}
await bundle();
const outcomes: Outcome[] = [];
for (const measure of measures.filter((candidate) => values.only?.includes(candidate.id) ?? true)) {
  const outcome = await take(measure);
  outcomes.push(outcome);
  if (values.json) console.log(jsonLine(outcome));
}
if (!values.json) console.table(Object.fromEntries(outcomes.map((outcome) => [outcome.measure.id, row(outcome)])), ['what', 'value', 'goal', 'ok', 'against']);
// A missed goal is told, not a failure; a measure that could not be taken is.
process.exit(outcomes.some((outcome) => outcome.failure) ? 1 : 0);
