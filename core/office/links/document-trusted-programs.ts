import { dialOrigin, type DialOrigin } from '#contract/ipc/index.ts';
import type { JsonDocument } from '#core/settings/index.ts';
import type { TrustedPrograms } from './trusted-programs.ts';

type Program = DialOrigin & { id: string };

/** Of many the oldest is forgotten: it will be asked for again. */
const mostPrograms = 200;

function readProgram(raw: unknown): Program[] {
  const read = dialOrigin.safeParse(raw);
  return read.success && read.data.id !== null && read.data.id !== '' ? [{ ...read.data, id: read.data.id }] : [];
}

/** As `{ "trusted": [{ id, name }] }`. What cannot be read is not trusted. */
export class DocumentTrustedPrograms implements TrustedPrograms {
  private readonly document: JsonDocument;
  private programs: readonly Program[];

  constructor(document: JsonDocument) {
    this.document = document;
    const { trusted } = document.value;
    this.programs = Array.isArray(trusted) ? trusted.flatMap(readProgram).slice(-mostPrograms) : [];
  }

  list(): DialOrigin[] {
    return [...this.programs];
  }

  has(originId: string): boolean {
    return this.programs.some(({ id }) => id === originId);
  }

  add(origin: Program): Promise<void> {
    const others = this.programs.filter(({ id }) => id !== origin.id);
    return this.save([...others, { id: origin.id, name: origin.name }].slice(-mostPrograms));
  }

  async remove(originId: string): Promise<void> {
    if (this.has(originId)) await this.save(this.programs.filter(({ id }) => id !== originId));
  }

  private save(programs: readonly Program[]): Promise<void> {
    this.programs = programs;
    return this.document.write({ ...this.document.value, version: 1, trusted: programs });
  }
}
