// Writes one status after the other into a workbook until it is killed, or as often as it is told; says each on a line.
import { randomUUID } from 'node:crypto';
import { systemClock } from '#core/foundation/index.ts';
import { FileWorkbookWriter } from '#core/office/sheets/file-workbook-writer.ts';

const [file = '', keptFolder = '', key = '', times = '1'] = process.argv.slice(2);
const writer = new FileWorkbookWriter({ keptFolder, clock: systemClock, newId: randomUUID });
const target = { file, sheet: '', mapping: null, keyPrefix: '' };
for (let round = 1; round <= Number(times); round++) {
  const value = { kind: 'text' as const, text: `статус ${round}` };
  await writer.write(target, [{ id: round, key, row: null, cells: [{ heading: 'Статус', value, expected: null }] }]);
  console.log(round);
}
