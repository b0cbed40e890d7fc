import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiTypes, documentFile, typesFile } from './api-types.ts';

it(
  'the document and the types of the local API are those of its table; otherwise run `npm run api-types`',
  { timeout: 30_000 },
  async () => {
    const { document, types } = await apiTypes();
    expect(readFileSync(documentFile, 'utf8') === document).toBe(true);
    expect(readFileSync(typesFile, 'utf8') === types).toBe(true);
  },
);
