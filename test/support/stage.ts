import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import './leak-guard.ts';

/** A peer, a network, an agent: whatever a scenario sets up. */
export interface Actor {
  start(): Promise<void>;
  /** May be called twice. */
  stop(): Promise<void>;
}

/** What one test sets up: its folder and its actors, which leave in the opposite order when the test ends. */
export class Stage {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'offhook-scenario-'));
  private readonly actors: Actor[] = [];
  private readonly names = new Map<string, number>();

  /** A folder of an actor's own, with a name that tells whose logs lie there. */
  folder(name: string): string {
    const count = (this.names.get(name) ?? 0) + 1;
    this.names.set(name, count);
    const folder = path.join(this.directory, count === 1 ? name : `${name}-${count}`);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  async enter<T extends Actor>(actor: T): Promise<T> {
    this.actors.push(actor);
    await actor.start();
    return actor;
  }

  /** Stops everything; reports every actor that would not stop. Logs stay when the test failed. */
  async close(failed: boolean): Promise<void> {
    const problems: unknown[] = [];
    for (const actor of this.actors.reverse()) await actor.stop().catch((error: unknown) => problems.push(error));
    if (failed || problems.length > 0) console.error(`logs of the failed scenario: ${this.directory}`);
    else rmSync(this.directory, { recursive: true, force: true });
    if (problems.length > 0) throw new AggregateError(problems, problems.map(String).join('; '));
  }
}

/** A stage for the running test, cleared when the test ends. */
export function openStage(): Stage {
  const stage = new Stage();
  onTestFinished(({ task }) => stage.close(task.result?.state === 'fail'), 30_000);
  return stage;
}
