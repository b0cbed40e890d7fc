import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const shape = z.object({
  webPort: z.int().min(1).max(65535).optional().catch(undefined),
  testCallDone: z.boolean().optional().catch(undefined),
});

/**
 * What is remembered between starts; not a setting. It holds nothing that a start could not find out anew, so a file
 * that is missing, spoilt, or cannot be written never stands in the way.
 */
export class StartMemory {
  private readonly file: string;
  private values: z.infer<typeof shape>;

  constructor(file: string) {
    this.file = file;
    this.values = this.read();
  }

  get webPort(): number | undefined {
    return this.values.webPort;
  }

  get testCallDone(): boolean {
    return this.values.testCallDone ?? false;
  }

  /** @returns false when the disk did not take it */
  remember(change: z.infer<typeof shape>): boolean {
    this.values = { ...this.values, ...change };
    try {
      writeFileSync(this.file, JSON.stringify(this.values), { mode: 0o600 });
      return true;
    } catch {
      // Full or read-only: the agent shows that as a standing problem of its own.
      return false;
    }
  }

  private read(): z.infer<typeof shape> {
    try {
      const found = shape.safeParse(JSON.parse(readFileSync(this.file, 'utf8')));
      return found.success ? found.data : {};
    } catch {
      return {};
    }
  }
}
