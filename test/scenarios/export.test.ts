import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExportFormat, ExportRequest } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { SqliteCallArchive } from '#core/call-log/sqlite-call-archive.ts';
import { SqliteCallLog } from '#core/call-log/sqlite-call-log.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { exportRequestOf } from '#core/exports/export-request.test-support.ts';
import { parseCsv } from '#core/exports/parse-csv.test-support.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { asShownByLibreOffice, hasLibreOffice } from '#test/support/libre-office.ts';
import { openStage, type Stage } from '#test/support/stage.ts';

const count = 3000;
const start = Date.UTC(2026, 10, 25, 20, 30, 5);
const hostile = [
  '=HYPERLINK("http://127.0.0.1/","Ольга")',
  "+cmd|' /C calc'!A0",
  '@SUM(1;2)',
  '-2+3',
  'ООО "Ромашка"; отдел, продаж',
  '<b>&amp;</b> _x0041_',
  '+7 495 123-45-67',
];
const note = 'Просит счёт до пятницы;\nперезвонить "Ольге", доб. 12';

/** Three thousand calls, the first of them with all that could go wrong. */
async function fill(file: string): Promise<void> {
  const workerEntry = new URL('../../core/storage/storage-worker.ts', import.meta.url);
  const database = new WorkerDatabase({ file, parts: agentSchema, workerEntry, clock: systemClock });
  await database.execute("INSERT INTO call_line (line_id, label) VALUES ('line-1', 'Office')");
  const log = new SqliteCallLog({ database });
  const people = new MemoryKnownPeople(() => 'person');
  const archive = new SqliteCallArchive({ database, people, clock: systemClock, onRecorded: log.onRecorded });
  for (const [index, name] of hostile.entries()) {
    const offeredAt = start - index * 60_000;
    const times = { offeredAt, answeredAt: offeredAt + 65_000, endedAt: offeredAt + 65_000 + 3_723_000 };
    await log.record(callRecordOf({ id: `hostile-${index}`, name, sipCallId: `c${index}`, sipStatus: 200, ...times }));
  }
  await archive.annotate('hostile-0', { note, tags: ['опт'], followUpAt: start });
  await database.execute(
    `WITH RECURSIVE n(i) AS (SELECT ${hostile.length} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
    INSERT INTO call_record (sequence, id, line, direction, internal, number, display, name, withheld, party_key, offered_at,
      answered_at, ended_at, zone_offset_minutes, disposition, sip_call_id, encrypted)
    SELECT (? - i * 60000) * 1000, printf('call-%d', i), 1, 'outgoing', 0, '+79030000042', '+7 903 000-00-42', printf('Ольга %d', i),
      0, '+79030000042', ? - i * 60000, NULL, ? - i * 60000 + 9000, 180, 'busy', printf('c%d', i), 0 FROM n`,
    [start, start, start],
  );
  await database.close();
}

async function exported(agent: AgentUnderTest, request: ExportRequest): Promise<{ bytes: Buffer; fileName: string }> {
  const { client } = agent;
  const { exportId } = await client.call('exports.start', request);
  const progress = await client.when('the export is done', () =>
    client.all('exports.progress').find((each) => each.exportId === exportId && each.state !== 'working'),
  );
  expect(progress).toMatchObject({ state: 'done', rows: count, total: count });
  const chunks: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const piece: { chunk: string; next: number | null } = await client.call('exports.read', { exportId, offset });
    chunks.push(Buffer.from(piece.chunk, 'base64'));
    offset = piece.next;
  }
  return { bytes: Buffer.concat(chunks), fileName: progress.fileName };
}

function byKey([keys = [], ...rows]: string[][]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index] ?? ''])));
}

async function shown(stage: Stage, format: ExportFormat): Promise<Record<string, string>[]> {
  const directory = stage.folder('agent');
  const agent = new AgentUnderTest({ directory });
  await fill(path.join(directory, 'data', 'offhook.sqlite'));
  await stage.enter(agent);
  const { bytes, fileName } = await exported(agent, exportRequestOf({ format }));
  expect(fileName).toMatch(new RegExp(`^Звонки \\d{4}-\\d\\d-\\d\\d\\.${format}$`));
  const folder = stage.folder('office');
  const file = path.join(folder, `calls.${format}`);
  writeFileSync(file, bytes);
  const text = await asShownByLibreOffice(file, folder, format === 'csv' ? '59,34,76,1,,1049,false,true' : null);
  return byKey(parseCsv(text.replaceAll(/\r?\n(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\r\n'), '\t'));
}

describe.skipIf(!hasLibreOffice)('LibreOffice opens what the agent exports', () => {
  test(
    'xlsx: dates and durations as such, numbers and hostile names as texts, every row',
    { timeout: 120_000 },
    async () => {
      const rows = await shown(openStage(), 'xlsx');
      expect(rows).toHaveLength(count);
      expect(rows[0]).toMatchObject({
        date: '25.11.2026',
        time: '23:30:05',
        direction: 'Входящий',
        number: '+7 495 123-45-67',
        disposition: 'разговор',
        waiting: '0:01:05',
        talking: '1:02:03',
        note,
        tags: 'опт',
        sipStatus: '200',
        sipCallId: 'c0',
      });
      expect(rows.slice(0, hostile.length).map(({ name }) => name)).toEqual(hostile);
      expect(rows.map(({ sipCallId }) => sipCallId)).toEqual(
        Array.from({ length: count }, (_each, index) => `c${index}`),
      );
      expect(rows.at(-1)).toMatchObject({
        date: '23.11.2026',
        time: '21:31:05',
        name: `Ольга ${count - 1}`,
        disposition: 'занято',
        talking: '',
      });
    },
  );

  test('csv: the same, hostile names disarmed', { timeout: 120_000 }, async () => {
    const rows = await shown(openStage(), 'csv');
    // It took 25.11.2026 for the date that it is, and shows it as its own language does.
    expect(rows).toHaveLength(count);
    expect(rows[0]).toMatchObject({
      date: '11/25/26',
      time: '23:30:05',
      number: '+7 495 123-45-67',
      waiting: '65',
      talking: '3723',
      note,
    });
    const disarmed = hostile.map((name) => (/^[=@-]|^\+c/.test(name) ? `'${name}` : name));
    expect(rows.slice(0, hostile.length).map(({ name }) => name)).toEqual(disarmed);
    expect(rows.map(({ sipCallId }) => sipCallId)).toEqual(
      Array.from({ length: count }, (_each, index) => `c${index}`),
    );
  });
});
