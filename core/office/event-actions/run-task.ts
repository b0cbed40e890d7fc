import { OffhookError } from '#contract/errors.ts';
import type { ActionTask } from '#contract/ipc/index.ts';
import { fillPlaceholders } from '#core/screen-pop/index.ts';
import { placeholders, placeholderValues, type CallMoment } from './call-facts.ts';
import { programProblem } from './check-program.ts';
import { fillArguments } from './fill-arguments.ts';
import type { AddressOpener, ProgramRunner } from './program-runner.ts';

/** Addresses that are ever opened: none of them runs what a caller wrote. */
const schemes = ['http:', 'https:', 'mailto:', 'e1c:'];

export interface TaskTools {
  programs: ProgramRunner;
  addresses: AddressOpener;
  platform: NodeJS.Platform;
}

/** The task of an action that is done on this computer. */
export type LocalTask = Exclude<ActionTask, { kind: 'webhook' }>;

function addressOf(template: string, values: Readonly<Record<string, string>>): string {
  const url = fillPlaceholders(template, values, schemes);
  if (url === null) throw new OffhookError('action.address-refused', { values: { address: template.slice(0, 200) } });
  // Quotation marks and spaces that the user wrote are escaped as well.
  return new URL(url).href;
}

/** A value for each placeholder, to see whether one may stand where it does. */
const trial = Object.fromEntries(placeholders.map((name) => [name, 'a']));

/** @throws OffhookError `action.invalid`, `action.address-refused` where a task could never be done */
export function checkTask(task: ActionTask, platform: NodeJS.Platform): void {
  if (task.kind === 'address') addressOf(task.address, trial);
  if (task.kind !== 'program') return;
  const problem = programProblem(task.program, task.arguments, platform);
  if (problem) throw new OffhookError('action.invalid', { detail: problem });
}

/** @throws OffhookError `action.*` */
export async function runTask(task: LocalTask, moment: CallMoment, tools: TaskTools): Promise<void> {
  // What was stored elsewhere may not be what may run here.
  checkTask(task, tools.platform);
  const values = placeholderValues(moment);
  if (task.kind === 'address') return tools.addresses.open(addressOf(task.address, values));
  return tools.programs.run(task.program.trim(), fillArguments(task.arguments, values));
}
