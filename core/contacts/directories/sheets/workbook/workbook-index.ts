import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { readingError } from '../reading-error.ts';
import { ElementSink, type Attributes } from './element-sink.ts';
import { largestIndex, readPart } from './read-part.ts';
import { scanWholePart } from './scan-part.ts';
import type { ZipDirectory } from './zip-archive.ts';

export interface WorkbookIndex {
  /** In the order of the tabs, hidden ones too; charts are not among them. */
  sheets: { name: string; part: string }[];
  sharedStrings: string | null;
  styles: string | null;
  /** Days are counted from 1904. */
  date1904: boolean;
}

interface Relation {
  /** The last word of the type: transitional and strict workbooks differ in what is before. */
  type: string;
  part: string;
}

const mostSheets = 10_000;

/** Scans one of the small parts. */
export type ReadIndex = (part: string, sink: ElementSink) => Promise<void>;

export function indexReader(handle: FileHandle, directory: ZipDirectory): ReadIndex {
  return async (part, sink) => {
    const entry = directory.get(part.toLowerCase());
    if (!entry) throw readingError('directory.broken-file', `${part} is missing`);
    await scanWholePart(readPart(handle, entry, largestIndex), sink);
  };
}

async function relationsOf(part: string, read: ReadIndex): Promise<Map<string, Relation>> {
  const folder = path.posix.dirname(part);
  const relations = new Map<string, Relation>();
  const take = (attributes: Attributes) => {
    const [id, type, target] = ['Id', 'Type', 'Target'].map((name) => attributes.get(name) ?? '') as [
      string,
      string,
      string,
    ];
    if (attributes.get('TargetMode') === 'External') return;
    const absolute = target.startsWith('/') ? target : path.posix.join('/', folder, target);
    relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), part: path.posix.normalize(absolute).slice(1) });
  };
  const file = path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`);
  await read(file, new ElementSink('Relationships', { Relationship: take }));
  return relations;
}

/** The main part, if it is a workbook in XML: not of binary parts (.xlsb), and no text or slides. */
async function workbookPart(directory: ZipDirectory, read: ReadIndex): Promise<string> {
  if (!directory.has('[content_types].xml'))
    throw readingError('directory.unsupported-file', 'a ZIP file of something else');
  let [contentType, byExtension] = ['', ''];
  const root = await relationsOf('', read);
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  const types = new ElementSink('Types', {
    Override: (attributes) => {
      const isMain = attributes.get('PartName')?.toLowerCase() === `/${main}`.toLowerCase();
      if (isMain) contentType = attributes.get('ContentType') ?? '';
    },
    Default: (attributes) => {
      const fits = main.toLowerCase().endsWith(`.${attributes.get('Extension')?.toLowerCase()}`);
      if (fits) byExtension = attributes.get('ContentType') ?? '';
    },
  });
  await read('[Content_Types].xml', types);
  const type = contentType || byExtension;
  if (!/(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template)\.macroEnabled)\.main\+xml$/.test(type))
    throw readingError('directory.unsupported-file', type.slice(0, 200));
  return main;
}

/** Finds out which sheets there are and where they lie. */
export async function readWorkbookIndex(directory: ZipDirectory, read: ReadIndex): Promise<WorkbookIndex> {
  const main = await workbookPart(directory, read);
  const relations = await relationsOf(main, read);
  const index: WorkbookIndex = { sheets: [], sharedStrings: null, styles: null, date1904: false };
  const sheet = (attributes: Attributes) => {
    const id = [...attributes].find(([name]) => /(?:^|:)id$/.test(name))?.[1] ?? '';
    const relation = relations.get(id);
    if (relation?.type !== 'worksheet' || index.sheets.length >= mostSheets) return;
    index.sheets.push({ name: attributes.get('name') ?? '', part: relation.part });
  };
  const workbookPr = (attributes: Attributes) => {
    index.date1904 = ['1', 'true'].includes(attributes.get('date1904') ?? '');
  };
  await read(main, new ElementSink('workbook', { sheet, workbookPr }));
  for (const { type, part } of relations.values()) {
    if (type === 'sharedStrings') index.sharedStrings = part;
    if (type === 'styles') index.styles = part;
  }
  return index;
}
