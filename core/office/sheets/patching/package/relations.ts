import path from 'node:path';
import { attributesOf, tagsOf } from './markup.ts';

/** What a part refers to (ECMA-376 part 2, 6.5.3). */
export interface Relation {
  id: string;
  /** The last word of the type: transitional and strict workbooks differ in what is before. */
  type: string;
  target: string;
  external: boolean;
  /** Of its element, in the text of the part of relations. */
  start: number;
  end: number;
}

/** Name of the part that holds the relations of another. */
export function relationsName(part: string): string {
  return path.posix.join(path.posix.dirname(part), '_rels', `${path.posix.basename(part)}.rels`);
}

export function readRelations(text: string): Relation[] {
  const relations: Relation[] = [];
  let open: Relation | null = null;
  for (const { kind, name, start, end } of tagsOf(text)) {
    if (name !== 'Relationship') continue;
    if (kind === 'close') {
      if (open) open.end = end;
      continue;
    }
    const attributes = attributesOf(text.slice(start, end));
    const type = attributes.get('Type') ?? '';
    open = {
      id: attributes.get('Id') ?? '',
      type: type.slice(type.lastIndexOf('/') + 1),
      target: attributes.get('Target') ?? '',
      external: attributes.get('TargetMode') === 'External',
      start,
      end,
    };
    relations.push(open);
  }
  return relations;
}

/** Name of the part that a relation leads to. */
export function partOf({ target }: Relation, from: string): string {
  const absolute = target.startsWith('/') ? target : path.posix.join('/', path.posix.dirname(from), target);
  return path.posix.normalize(absolute).slice(1);
}
