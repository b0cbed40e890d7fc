import type { Database } from '#core/storage/index.ts';
import type { OpenDialog, OpenDialogs } from './open-dialogs.ts';

interface Row {
  call_id: string;
  line_id: string;
  kept_at: number;
  sip_call_id: string;
  local_tag: string;
  remote_tag: string;
  local_uri: string;
  remote_uri: string;
  remote_target: string;
  /** One Route field a line: a field holds no line break. */
  route_set: string;
  local_sequence: number;
}

const insert = `INSERT OR REPLACE INTO open_dialog (call_id, run, line_id, kept_at, sip_call_id, local_tag, remote_tag,
  local_uri, remote_uri, remote_target, route_set, local_sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Open dialogs in the agent's database. The storage worker keeps the order of writes. */
export class SqliteOpenDialogs implements OpenDialogs {
  private readonly database: Database;
  private readonly run: string;

  /** @param options.run this run's own name, unlike that of any other */
  constructor(options: { database: Database; run: string }) {
    this.database = options.database;
    this.run = options.run;
  }

  async keep({ callId, lineId, keptAt, dialog }: OpenDialog): Promise<void> {
    await this.database.execute(insert, [
      callId,
      this.run,
      lineId,
      keptAt,
      dialog.callId,
      dialog.localTag,
      dialog.remoteTag,
      dialog.localUri,
      dialog.remoteUri,
      dialog.remoteTarget,
      dialog.routeSet.join('\n'),
      dialog.localSequence,
    ]);
  }

  async forget(callId: string): Promise<void> {
    await this.database.execute('DELETE FROM open_dialog WHERE call_id = ?', [callId]);
  }

  async left(): Promise<OpenDialog[]> {
    const sql = 'SELECT * FROM open_dialog WHERE run <> ? ORDER BY kept_at, rowid';
    return (await this.database.query<Row>(sql, [this.run])).map(fromRow);
  }
}

function fromRow(row: Row): OpenDialog {
  return {
    callId: row.call_id,
    lineId: row.line_id,
    keptAt: row.kept_at,
    dialog: {
      callId: row.sip_call_id,
      localTag: row.local_tag,
      remoteTag: row.remote_tag,
      localUri: row.local_uri,
      remoteUri: row.remote_uri,
      remoteTarget: row.remote_target,
      routeSet: row.route_set === '' ? [] : row.route_set.split('\n'),
      localSequence: row.local_sequence,
    },
  };
}
