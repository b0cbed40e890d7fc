import type { AgentBridge, ListedPerson } from '#contract/ipc/index.ts';
import { useRowPages } from '#renderer/components/row-pages.ts';

export interface PeopleQuestion {
  text: string;
  /** Null for all directories. */
  directoryId: string | null;
}

/** The list of people, of which only the pages in sight are asked for. */
export function usePeoplePages(bridge: Pick<AgentBridge, 'call'>) {
  return useRowPages<PeopleQuestion, ListedPerson>({
    ask: (question, offset, limit) => bridge.call('people.list', { ...question, offset, limit }),
    keyOf: ({ id }) => id,
  });
}
