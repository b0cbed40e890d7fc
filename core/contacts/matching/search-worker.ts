import os from 'node:os';
import { parentPort } from 'node:worker_threads';
import { toReport } from '#contract/errors.ts';
import { SearchImage } from './search-image.ts';
import type { SearchReply, SearchRequest } from './search-protocol.ts';

/** Entry of the thread that searches the newest image of people. */
const port = parentPort;
if (!port) throw new Error('search-worker runs as a worker thread');

// Linux counts niceness by thread; elsewhere the whole agent would have to wait.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

let newest: SharedArrayBuffer | null = null;
let open: () => SearchImage = () => {
  throw new Error('there is no image to search');
};

/** Looks through a new image once, when nothing newer has come. */
function prepare(): void {
  if (!newest) return;
  try {
    const image = new SearchImage(newest);
    open = () => image;
  } catch (error) {
    // Said to whoever asks.
    open = () => {
      throw error;
    };
  }
  newest = null;
}

function answer(request: Extract<SearchRequest, { kind: 'find' }>): SearchReply {
  try {
    prepare();
    return { found: open().find(request.query) };
  } catch (error) {
    return { error: toReport(error) };
  }
}

port.on('message', (request: SearchRequest) => {
  if (request.kind === 'find') return port.postMessage(answer(request));
  newest = request.image;
  // Ready for the next question; one that is here already does not wait for this.
  setImmediate(prepare);
});
