import { readRelations, type Relation } from '../package/relations.ts';
import { tagsOf } from '../package/markup.ts';

const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';
const emptyPart = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${packages}"></Relationships>`;

/** The relations of a sheet as text, with links that come and go; everything else stays as it is written. */
export class LinkRelations {
  private readonly text: string;
  private readonly linkType: string;
  private readonly there: Map<string, Relation>;
  private readonly gone = new Set<Relation>();
  private readonly added = new Map<string, string>();
  private next = 1;

  /** @param text of the part; empty where there is none */
  constructor(text: string, linkType: string) {
    this.text = text === '' ? emptyPart : text;
    this.linkType = linkType;
    this.there = new Map(readRelations(this.text).map((relation) => [relation.id, relation]));
  }

  /** Null for a relation that is no link to elsewhere. */
  targetOf(id: string): string | null {
    const relation = this.there.get(id);
    return relation?.type === 'hyperlink' && relation.external ? relation.target : null;
  }

  /** A relation to the target: one for all the cells that lead there. */
  idFor(target: string): string {
    const known = this.added.get(target);
    if (known !== undefined) return known;
    while (this.there.has(`rIdTel${this.next}`)) this.next += 1;
    const id = `rIdTel${this.next}`;
    this.next += 1;
    this.added.set(target, id);
    return id;
  }

  remove(ids: ReadonlySet<string>): void {
    for (const [id, relation] of this.there) if (ids.has(id)) this.gone.add(relation);
  }

  /** The part as it becomes. */
  toString(): string {
    let [result, at] = ['', 0];
    for (const { start, end } of this.gone) {
      result += this.text.slice(at, start);
      at = end;
    }
    result += this.text.slice(at);
    const tags = [...tagsOf(result)].filter(({ name }) => name === 'Relationships');
    const last = tags.at(-1);
    if (!last || this.added.size === 0) return result;
    const prefix = last.prefix === '' ? '' : `${last.prefix}:`;
    const elements = [...this.added].map(
      ([target, id]) =>
        `<${prefix}Relationship Id="${id}" Type="${this.linkType}" Target="${target}" TargetMode="External"/>`,
    );
    if (last.kind !== 'empty') return result.slice(0, last.start) + elements.join('') + result.slice(last.start);
    const opened = result.slice(0, last.end).replace(/\s*\/>$/, '>');
    return `${opened}${elements.join('')}</${prefix}Relationships>${result.slice(last.end)}`;
  }
}
