import type { SheetLink, SheetOutline } from '../cells/sheet-sink.ts';
import { insertion, type Edit } from '../package/edits.ts';
import type { LinkRelations } from './link-relations.ts';
import type { SheetNames } from './sheet-names.ts';

/** By which Offhook's links are known again; seen when the mouse is over one. */
export const linkMark = 'Offhook';

/** Links that a sheet may have (Excel's own limit). */
export const mostLinks = 65_530;

export interface NewLink {
  /** Of the cell, e.g. `E2`. */
  reference: string;
  target: string;
}

export function addedLinks(
  outline: SheetOutline,
  links: readonly NewLink[],
  { prefix, relation, declaration }: SheetNames,
  relations: LinkRelations,
): Edit[] {
  const elements = links.map(({ reference, target }) => {
    const id = relations.idFor(target);
    return `<${prefix}hyperlink ref="${reference}"${declaration} ${relation}:id="${id}" tooltip="${linkMark}"/>`;
  });
  const { linkList, linkPlace } = outline;
  const content = elements.join('');
  if (linkList && linkList.close > linkList.at) return [insertion(linkList.close, Buffer.from(content))];
  const whole = Buffer.from(`<${prefix}hyperlinks>${content}</${prefix}hyperlinks>`);
  return [linkList ? insertion(linkList.at, whole, linkList.end - linkList.at) : insertion(linkPlace, whole)];
}

const relationId = ({ attributes }: SheetLink) => [...attributes].find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** Takes those links of a column out that Offhook made, and the relations that no other link has. */
export function removedLinks(
  { links, linkList }: SheetOutline,
  column: number,
  relations: LinkRelations,
): { edits: Edit[]; count: number } {
  const isOurs = (link: SheetLink) =>
    link.range?.left === column &&
    link.range.right === column &&
    link.attributes.get('tooltip') === linkMark &&
    relations.targetOf(relationId(link))?.startsWith('tel:') === true;
  const ours = new Set(links.filter(isOurs));
  if (ours.size === 0 || !linkList) return { edits: [], count: 0 };
  const kept = new Set(links.filter((link) => !ours.has(link)).map(relationId));
  relations.remove(new Set([...ours].map(relationId).filter((id) => !kept.has(id))));
  const taken = ours.size === links.length ? [linkList] : [...ours];
  const edits = taken.map(({ at, end }) => insertion(at, Buffer.alloc(0), end - at));
  return { edits, count: ours.size };
}
