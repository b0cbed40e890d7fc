import type { EventAction } from '#contract/ipc/index.ts';
import type { CallMoment } from './call-facts.ts';

/**
 * Whether the action is meant for what happened. A call that goes out rings at the other end: it is a `ring` for those
 * alone who ask for outgoing calls.
 */
export function wants(action: EventAction, { event, facts }: CallMoment): boolean {
  const { enabled, events, direction, internal, lineId } = action;
  if (!enabled || !events.includes(event)) return false;
  if (direction !== 'any' && direction !== facts.direction) return false;
  if (event === 'ring' && facts.direction === 'outgoing' && direction !== 'outgoing') return false;
  return (internal || !facts.internal) && (lineId === null || lineId === facts.lineId);
}
