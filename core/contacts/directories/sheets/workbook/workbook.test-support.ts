import type { ZippedPart } from './zip-file.test-support.ts';

export interface WrittenSheet {
  name: string;
  /** What is in `sheetData`, or a whole part if it begins with `<?xml` or `<!`. */
  xml: string;
  state?: 'hidden';
}

export interface WrittenWorkbook {
  sheets: WrittenSheet[];
  /** Content of `sst`. */
  strings?: string;
  /** Content of `styleSheet`. */
  styles?: string;
  date1904?: boolean;
  strict?: boolean;
  contentType?: string;
}

const transitional = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  office: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
};
const strict = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  office: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
};
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Parts of a workbook, for zipping. */
export function workbookParts(given: WrittenWorkbook): ZippedPart[] {
  const { main, office } = given.strict ? strict : transitional;
  const whole = (root: string, content: string) =>
    /^<[?!]/.test(content) ? content : `${head}<${root} xmlns="${main}">${content}</${root}>`;
  const { sheets } = given;
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
  );
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = [
    ...sheets.map((_sheet, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
    relation('rIdStrings', 'sharedStrings', '/xl/sharedStrings.xml'),
    relation('rIdStyles', 'styles', 'styles.xml'),
  ];
  const rels = (content: string) =>
    `${head}<Relationships xmlns="${packages}/relationships">${content}</Relationships>`;
  const type = given.contentType ?? `${spreadsheet}.sheet.main+xml`;
  const properties = given.date1904 ? '<workbookPr date1904="1"/>' : '';
  return [
    {
      name: '[Content_Types].xml',
      data: `${head}<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`,
    },
    { name: '_rels/.rels', data: rels(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      data: `${head}<workbook xmlns="${main}" xmlns:r="${office}">${properties}<sheets>${list.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', data: rels(relations.join('')) },
    { name: 'xl/styles.xml', data: whole('styleSheet', given.styles ?? '') },
    { name: 'xl/sharedStrings.xml', data: whole('sst', given.strings ?? '') },
    ...sheets.map(({ xml }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: whole('worksheet', /^<[?!]/.test(xml) ? xml : `<sheetData>${xml}</sheetData>`),
    })),
  ];
}

/** A sheet of texts and numbers, as inline strings and plain numbers; what is empty is left out. */
export function sheetXml(rows: readonly (readonly (string | number)[])[]): string {
  const letter = (column: number) => String.fromCharCode(65 + column);
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return rows
    .map((cells, index) => {
      const content = cells.map((value, column) => {
        if (value === '') return '';
        const at = `${letter(column)}${index + 1}`;
        if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
        return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
      });
      return `<row r="${index + 1}">${content.join('')}</row>`;
    })
    .join('');
}
