import { parentPort } from 'node:worker_threads';

if (!parentPort) throw new Error('search-worker runs as a worker thread');
