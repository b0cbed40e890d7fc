import { parentPort } from 'node:worker_threads';

// Reads and writes customer sheets beside the agent, which starts it when the first is opened.
parentPort?.on('message', () => undefined);
