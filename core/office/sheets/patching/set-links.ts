import type { FileHandle } from 'node:fs/promises';
import { OffhookError } from '#contract/errors.ts';
import type { NumberRules } from '#core/contacts/index.ts';
import type { ZipEntry } from '#core/contacts/directories/sheets/index.ts';
import type { LinkChange, WorkbookTarget } from '../workbook-writer.ts';
import type { FileRewriting } from './files/replace-file.ts';
import type { SourceFile } from './files/source-file.ts';
import { addedLinks, removedLinks } from './links/link-edits.ts';
import { LinkRelations } from './links/link-relations.ts';
import { LinkableCells } from './links/linkable-cells.ts';
import { sheetNames } from './links/sheet-names.ts';
import { openSheet, scanSheet, type OpenSheet } from './open-sheet.ts';
import { edited, type Edit } from './package/edits.ts';
import { partText } from './package/open-package.ts';
import { partBytes } from './package/part-bytes.ts';
import { relationsName } from './package/relations.ts';
import { rewritePackage, type NewPart, type PartReplacement } from './package/rewrite-package.ts';
import { recordOf, type ZipLayout } from './package/zip-layout.ts';

interface LinkPlan {
  layout: ZipLayout;
  entry: ZipEntry;
  edits: Edit[];
  cells: number;
  relations: { name: string; entry: ZipEntry | null; text: string };
}

/** Numbers as the office reads them; how they are dialled is the matter of whoever opens the link. */
function rulesOf({ country, areaCode }: LinkChange): NumberRules {
  return { country, areaCode, dialOutPrefix: '', dialFormat: 'national', internalMaxDigits: 4 };
}

async function edits(open: OpenSheet, change: LinkChange, text: string) {
  const { column } = change;
  const cells = new LinkableCells(column, rulesOf(change));
  const outline = await scanSheet(open, [column], (rows) => {
    if (change.links) for (const row of rows) if (row.row > open.sheet.headerRow) cells.look(row);
  });
  if (outline.isProtected) throw new OffhookError('sheet.protected', { values: { sheet: open.sheet.sheet } });
  const names = sheetNames(outline.root);
  const relations = new LinkRelations(text, names.linkType);
  if (!change.links) return { relations, ...removedLinks(outline, column, relations) };
  const links = cells.links(outline);
  return {
    relations,
    count: links.length,
    edits: links.length > 0 ? addedLinks(outline, links, names, relations) : [],
  };
}

async function plan(source: SourceFile, target: WorkbookTarget, change: LinkChange): Promise<LinkPlan> {
  const open = await openSheet(source, target);
  const { opened, part } = open;
  const { layout, directory } = opened;
  const name = relationsName(part);
  const found = await edits(open, change, await partText(opened, name));
  const entry = directory.get(name.toLowerCase()) ?? null;
  const covered = entry !== null || /Extension=["']rels["']/i.test(await partText(opened, '[Content_Types].xml'));
  if (!covered) throw new OffhookError('sheet.broken', { detail: 'parts of relations have no type' });
  return {
    layout,
    entry: directory.get(part.toLowerCase())!,
    edits: found.edits,
    cells: found.count,
    relations: { name, entry, text: found.relations.toString() },
  };
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Makes `tel:` links of the numbers of a column, or takes Offhook's links out of it. */
export async function setLinks(
  source: SourceFile,
  draft: FileHandle,
  target: WorkbookTarget,
  change: LinkChange,
): Promise<FileRewriting<number>> {
  const { layout, entry, edits: changes, cells, relations } = await plan(source, target, change);
  if (changes.length === 0) return { result: 0, changed: false };
  const record = recordOf(layout, entry);
  const replaced: PartReplacement[] = [{ record, content: edited(partBytes(source.handle, entry), changes) }];
  const added: NewPart[] = [];
  const { name, text } = relations;
  if (relations.entry) replaced.push({ record: recordOf(layout, relations.entry), content: once(text) });
  else added.push({ name, content: Buffer.from(text), like: record });
  await rewritePackage(source.handle, layout, draft, replaced, added);
  return { result: cells, changed: true };
}
