import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory } from '#core/foundation/index.ts';
import { bundle } from '#build/bundle.ts';
import { root } from '#build/root.ts';
import type { DemoAccount } from '#web/messages.ts';
import { AgentHost } from './agent-host.ts';
import { ExchangeHost } from './exchange-host.ts';
import { sentence } from './sentences.ts';

/** Offhook without a window of its own: what the demonstration and the browser tests look at. */
export interface HeadlessOffhook {
  /** 201 (the agent's own), 202, 203. */
  extensions: DemoAccount[];
  /** ms from the start of the processes to the registration. */
  registeredAfter: number;
  agentPid(): number | undefined;
  /** An address with a fresh single-use ticket. */
  address(): Promise<string>;
  stop(): Promise<void>;
}

const ticketLifetime = 60_000;
const patience = 15_000;

/**
 * Bundles if need be, starts the exchange and the agent on a data directory of their own, and waits until the line is
 * registered. Rejects with what went wrong; nothing is left running then.
 */
export async function startHeadless(directory: string): Promise<HeadlessOffhook> {
  await bundle();
  makeDirectory(directory);
  const started = performance.now();
  const exchange = new ExchangeHost(directory, { quiet: true });
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const registered = Promise.withResolvers<void>();
  const agent = new AgentHost({
    dataDirectory: directory,
    version,
    port: 0,
    onOwned: () =>
      exchange.start().catch((error: unknown) => {
        registered.reject(error);
        return null;
      }),
    onOccupied: () => registered.reject(new Error(`${directory} is used by another Offhook`)),
    onReady() {},
    onProblems() {},
    onRegistered: () => registered.resolve(),
    onTestCall() {},
    openWindow: async () => false,
    onFailed: (error) => registered.reject(new Error(sentence(error))),
    onDied() {},
    now: () => performance.now(),
  });
  const stop = async () => {
    await agent.stop();
    await exchange.stop();
  };
  const limit = setTimeout(() => registered.reject(new Error(sentence({ code: 'line.timed-out', values: {}, detail: null }))), patience);
  try {
    agent.start();
    await registered.promise;
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(limit);
  }
  return {
    extensions: exchange.extensions,
    registeredAfter: performance.now() - started,
    agentPid: () => agent.pid,
    address: () => agent.address(ticketLifetime),
    stop,
  };
}
