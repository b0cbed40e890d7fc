import type { ErrorReport } from '#contract/errors.ts';
import type { FoundPeople, PeopleQuery } from './people-search.ts';

/** To the search worker. An image stays in shared memory; only the way to it is sent. */
export type SearchRequest = { kind: 'image'; image: SharedArrayBuffer } | { kind: 'find'; query: PeopleQuery };

/** To each `find`, one; in the order in which they were asked. */
export type SearchReply = { found: FoundPeople } | { error: ErrorReport };
