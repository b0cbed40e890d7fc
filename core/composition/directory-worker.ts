import { parentPort } from 'node:worker_threads';

if (!parentPort) throw new Error('directory-worker runs as a worker thread');
