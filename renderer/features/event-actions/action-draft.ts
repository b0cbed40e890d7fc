import { actionTask, type ActionEvent, type ActionTask, type StoredAction } from '#contract/ipc/index.ts';
import type { GivenAction } from './event-actions-store.ts';

export const actionEvents: readonly ActionEvent[] = ['ring', 'answer', 'end', 'missed'];
export const taskKinds: readonly ActionTask['kind'][] = ['address', 'program', 'webhook'];
/** In the order in which they are wanted most often. */
export const placeholders = [
  ...['number', 'name', 'firm', 'display', 'line', 'direction', 'event', 'disposition', 'seconds', 'note', 'outcome'],
  ...['startedAt', 'answeredAt', 'endedAt', 'callId'],
] as const;

/** An action as a form holds it, with the fields of every kind beside each other. */
export interface ActionDraft {
  id: string | null;
  label: string;
  enabled: boolean;
  events: ActionEvent[];
  direction: StoredAction['direction'];
  internal: boolean;
  /** Empty for every line. */
  lineId: string;
  kind: ActionTask['kind'];
  address: string;
  program: string;
  /** One a line. */
  arguments: string;
  url: string;
  /** Empty keeps what is stored. */
  secret: string;
  dropSecret: boolean;
  hasSecret: boolean;
}

export type DraftField = 'label' | 'events' | 'address' | 'program' | 'arguments' | 'url';

export function draftOf(action: StoredAction | null): ActionDraft {
  const task = action?.task;
  return {
    id: action?.id ?? null,
    label: action?.label ?? '',
    enabled: action?.enabled ?? true,
    events: [...(action?.events ?? ['ring' as const])],
    direction: action?.direction ?? 'any',
    internal: action?.internal ?? false,
    lineId: action?.lineId ?? '',
    kind: task?.kind ?? 'address',
    address: task?.kind === 'address' ? task.address : '',
    program: task?.kind === 'program' ? task.program : '',
    arguments: task?.kind === 'program' ? task.arguments.join('\n') : '',
    url: task?.kind === 'webhook' ? task.url : '',
    ...{ secret: '', dropSecret: false, hasSecret: action?.hasSecret ?? false },
  };
}

function taskOf(draft: ActionDraft): unknown {
  if (draft.kind === 'address') return { kind: 'address', address: draft.address };
  if (draft.kind === 'webhook') return { kind: 'webhook', url: draft.url.trim() };
  // An empty line between two others is an empty argument; one at the end is none.
  const lines = draft.arguments.replace(/\n+$/, '');
  return { kind: 'program', program: draft.program, arguments: lines === '' ? [] : lines.split('\n') };
}

/** What the agent is given, or what is wrong with it. */
export function readDraft(draft: ActionDraft): { given: GivenAction | null; wrong: ReadonlySet<DraftField> } {
  const wrong = new Set<DraftField>();
  if (draft.label.trim() === '' || draft.label.trim().length > 80) wrong.add('label');
  if (draft.events.length === 0) wrong.add('events');
  const task = actionTask.safeParse(taskOf(draft));
  if (!task.success) for (const { path } of task.error.issues) if (path[0] !== 'kind') wrong.add(path[0] as DraftField);
  if (!task.success || wrong.size > 0) return { given: null, wrong };
  const { id, enabled, direction, internal } = draft;
  const events = actionEvents.filter((event) => draft.events.includes(event));
  const lineId = draft.lineId === '' ? null : draft.lineId;
  const action = { id, label: draft.label.trim(), enabled, events, direction, internal, lineId, task: task.data };
  return { given: { action, secret: draft.secret !== '' ? draft.secret : draft.dropSecret ? '' : null }, wrong };
}
