import { readRange, type CellRange } from '../cells/cell-place.ts';
import { attributesOf, tagsOf } from './markup.ts';
import { partText, type OpenPackage } from './open-package.ts';
import { partOf, readRelations, relationsName } from './relations.ts';

/** Where a sheet's tables lie, whose columns a new column must not touch. */
export async function sheetTables(opened: OpenPackage, part: string): Promise<CellRange[]> {
  const ranges: CellRange[] = [];
  for (const relation of readRelations(await partText(opened, relationsName(part)))) {
    if (relation.type !== 'table' || relation.external) continue;
    const text = await partText(opened, partOf(relation, part));
    for (const { name, start, end } of tagsOf(text)) {
      if (name !== 'table') continue;
      const range = readRange(attributesOf(text.slice(start, end)).get('ref') ?? '');
      if (range) ranges.push(range);
      break;
    }
  }
  return ranges;
}
