import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import type { RefreshResult } from '../intake/refresh-entries.ts';
import type { DirectoryWork, RunningWork, WorkTold } from './directory-work.ts';
import type { DirectoryJobName, DirectoryJobs } from './directory-worker-protocol.ts';

/** A work that ends as somebody says. */
export interface BegunWork {
  kind: DirectoryJobName;
  request: Partial<DirectoryJobs['refresh']['request']>;
  told: WorkTold;
  cancelled: boolean;
  end(result: DirectoryJobs[DirectoryJobName]['result']): Promise<void>;
  fail(code: ErrorCode): Promise<void>;
}

/** What a refresh brings that found everything as it was, unless said otherwise. */
export function refreshResult(given: Partial<RefreshResult> = {}): RefreshResult {
  const nothing = { changed: 0, moved: 0, removed: 0, problem: null, skipped: { count: 0, first: [] } };
  return { ...nothing, outcome: { kind: 'complete', cursor: 'next' }, ...given };
}

// What follows of a promise settled in this turn has happened in the next.
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Works that do nothing by themselves. */
export class MemoryDirectoryWork implements DirectoryWork {
  readonly begun: BegunWork[] = [];
  /** Whether a work that is cancelled ends at once. */
  obeys = true;

  begin<N extends DirectoryJobName>(
    kind: N,
    request: DirectoryJobs[N]['request'],
    told: WorkTold = {},
  ): RunningWork<N> {
    const { promise, resolve, reject } = Promise.withResolvers<DirectoryJobs[N]['result']>();
    const work: BegunWork = {
      kind,
      request,
      told,
      cancelled: false,
      end: (result) => {
        resolve(result as DirectoryJobs[N]['result']);
        return nextTurn();
      },
      fail: (code) => {
        reject(new OffhookError(code));
        return nextTurn();
      },
    };
    this.begun.push(work);
    const cancel = () => {
      work.cancelled = true;
      if (this.obeys) void work.fail('directory.cancelled');
    };
    return { finished: promise, cancel };
  }

  get last(): BegunWork {
    return this.begun.at(-1)!;
  }
}
