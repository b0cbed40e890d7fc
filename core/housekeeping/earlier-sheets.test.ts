import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { earlierSheets } from './earlier-sheets.ts';

it('versions of sheets before a write are named for the receipt of an erasure, and nothing else', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-sheets-'));
  try {
    expect(earlierSheets(directory)).toEqual([]);
    mkdirSync(path.join(directory, 'sheets'));
    for (const name of ['index.json', 'a1-1.xlsx', 'b2-2.csv']) writeFileSync(path.join(directory, 'sheets', name), '');
    expect(earlierSheets(directory).map((file) => path.basename(file)).toSorted()).toEqual(['a1-1.xlsx', 'b2-2.csv']);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
