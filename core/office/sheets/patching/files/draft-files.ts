import { hash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Hidden, and never taken for a table by whoever reads the folder. */
const draftName = /^\.~offhook-([\w-]{8})-[\w-]+\.tmp$/;
const abandoned = 24 * 3_600_000;

/** Names of the files that a write makes beside the workbook. What a killed one left is known by its name. */
export class DraftFiles {
  private readonly owner: string;
  private readonly newId: () => string;
  private readonly now: () => number;
  private readonly current = new Set<string>();

  /** @param owner what no other Offhook has, also one on another computer that writes into the same folder */
  constructor(owner: string, newId: () => string, now: () => number) {
    this.owner = hash('sha256', owner, 'base64url').slice(0, 8);
    this.newId = newId;
    this.now = now;
  }

  /** A new name beside the file. */
  beside(file: string): string {
    const draft = path.join(path.dirname(file), `.~offhook-${this.owner}-${this.newId()}.tmp`);
    this.current.add(draft);
    return draft;
  }

  async remove(draft: string): Promise<void> {
    await rm(draft, { force: true });
    this.current.delete(draft);
  }

  /** Removes what was left in a folder by a write that did not end; another's only once nobody can be at it. */
  async sweep(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
      const owner = draftName.exec(name)?.[1];
      const file = path.join(folder, name);
      if (owner === undefined || this.current.has(file)) continue;
      const isLeft = owner === this.owner || (await this.age(file)) > abandoned;
      // A colleague may sweep the same folder, or have the right to it that is missing here.
      if (isLeft) await rm(file, { force: true }).catch(() => undefined);
    }
  }

  private async age(file: string): Promise<number> {
    return await stat(file).then(
      ({ mtimeMs }) => this.now() - mtimeMs,
      () => 0,
    );
  }
}
