import type { Recording, RecordingMediaType, RecordingSource } from '#contract/ipc/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { FinishedRecording, NewRecording } from './recording-store.ts';

interface Row {
  id: string;
  call_id: string;
  source: string;
  file: string;
  media_type: string;
  started_at: number;
  duration: number | null;
  bytes: number;
  state: string;
}

/** What the index knows of a recording, and where its file lies. */
export interface IndexedRecording {
  recording: Recording;
  file: string;
}

const columns = 'id, call_id, source, file, media_type, started_at, duration, bytes, state';
const select = `SELECT ${columns} FROM recording`;
const insert = `INSERT INTO recording (${columns}) VALUES (?, ?, ?, ?, ?, ?, NULL, 0, 'recording')`;

function fromRow(row: Row): IndexedRecording {
  const recording: Recording = {
    id: row.id,
    callId: row.call_id,
    source: row.source as RecordingSource,
    mediaType: row.media_type as RecordingMediaType,
    startedAt: row.started_at,
    durationMilliseconds: row.duration,
    bytes: row.bytes,
    state: row.state as Recording['state'],
  };
  return { recording, file: row.file };
}

/** The table `recording`: what is asked of it, and no more. */
export class RecordingIndex {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async add({ id, callId, source, mediaType, startedAt }: NewRecording, file: string): Promise<void> {
    await this.database.execute(insert, [id, callId, source, file, mediaType, startedAt]);
  }

  async complete(id: string, bytes: number, { durationMilliseconds, peaks }: FinishedRecording): Promise<void> {
    const sql = "UPDATE recording SET state = 'complete', bytes = ?, duration = ?, peaks = ? WHERE id = ?";
    await this.database.execute(sql, [bytes, durationMilliseconds, peaks, id]);
  }

  async setState(id: string, state: Recording['state'], bytes: number): Promise<void> {
    await this.database.execute('UPDATE recording SET state = ?, bytes = ? WHERE id = ?', [state, bytes, id]);
  }

  async find(id: string): Promise<IndexedRecording | null> {
    const [found] = await this.select('WHERE id = ?', [id]);
    return found ?? null;
  }

  ofCall(callId: string): Promise<IndexedRecording[]> {
    return this.select('WHERE call_id = ? ORDER BY started_at, rowid', [callId]);
  }

  ofCalls(callIds: readonly string[]): Promise<IndexedRecording[]> {
    return this.select('WHERE call_id IN (SELECT value FROM json_each(?))', [JSON.stringify(callIds)]);
  }

  leftOpen(): Promise<IndexedRecording[]> {
    return this.select("WHERE state = 'recording'", []);
  }

  olderThan(unixMs: number): Promise<IndexedRecording[]> {
    return this.select('WHERE started_at < ? ORDER BY started_at, rowid', [unixMs]);
  }

  async peaks(id: string): Promise<Uint8Array | null> {
    const [row] = await this.database.query<{ peaks: Uint8Array | null }>('SELECT peaks FROM recording WHERE id = ?', [
      id,
    ]);
    return row?.peaks ?? null;
  }

  async savePeaks(id: string, peaks: Uint8Array): Promise<void> {
    await this.database.execute('UPDATE recording SET peaks = ? WHERE id = ?', [peaks, id]);
  }

  async remove(ids: readonly string[]): Promise<void> {
    const sql = 'DELETE FROM recording WHERE id IN (SELECT value FROM json_each(?))';
    await this.database.execute(sql, [JSON.stringify(ids)]);
  }

  async totals(): Promise<{ count: number; bytes: number }> {
    const sql =
      "SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM recording WHERE state IS NOT 'missing'";
    const [row] = await this.database.query<{ count: number; bytes: number }>(sql);
    return row ?? { count: 0, bytes: 0 };
  }

  private async select(where: string, values: (string | number)[]): Promise<IndexedRecording[]> {
    return (await this.database.query<Row>(`${select} ${where}`, values)).map(fromRow);
  }
}
