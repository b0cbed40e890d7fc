import type { PeopleExportWords } from '#contract/ipc/index.ts';
import type { ByteSink, ExportTable } from '../export-table.ts';
import { cardText } from './card-text.ts';
import type { ExportedPerson } from './exported-person.ts';

/** One card behind the other. */
export class CardTable implements ExportTable<ExportedPerson> {
  private readonly words: PeopleExportWords;
  private readonly sink: ByteSink;

  constructor(words: PeopleExportWords, sink: ByteSink) {
    this.words = words;
    this.sink = sink;
  }

  async add(people: readonly ExportedPerson[]): Promise<void> {
    for (const person of people) this.sink(Buffer.from(cardText(person, this.words), 'utf8'));
  }

  async finish(): Promise<void> {}
}
