import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import { root } from '#build/root.ts';
import { openApiDocument } from '#core/office/local-api/open-api-document.ts';

/** Where the local API's document lies for those who write programs, and the types that are made of it. */
export const documentFile = path.join(root, 'docs', 'api', 'openapi.json');
export const typesFile = path.join(root, 'addins', 'offhook-api.d.ts');

const heading = '// Made of docs/api/openapi.json by `npm run api-types`: change contract/local-api, not this.\n';

/** The document as it is served, and TypeScript types of it. */
export async function apiTypes(): Promise<{ document: string; types: string }> {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const document = `${JSON.stringify(openApiDocument(version), null, 2)}\n`;
  return { document, types: heading + astToString(await openapiTypes(document)) };
}

if (import.meta.main) {
  const { document, types } = await apiTypes();
  writeFileSync(documentFile, document);
  writeFileSync(typesFile, types);
}
