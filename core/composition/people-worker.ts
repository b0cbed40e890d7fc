import { parentPort } from 'node:worker_threads';

if (!parentPort) throw new Error('people-worker runs as a worker thread');
