import { agentSchema } from '#core/composition/agent-schema.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';

const newest = Date.UTC(2026, 10, 25, 9);

/** A database with `count` invented calls of three years, every tenth of them with a note, for measures. */
export function makeCallHistory(file: string, count: number): void {
  const handle = openSqlite(file, agentSchema);
  handle.pragma('synchronous = OFF');
  handle.exec(`
    INSERT INTO call_line (line_id, label) VALUES ('line-1', 'Продажи'), ('line-2', 'Склад');
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
    INSERT INTO call_record (sequence, id, line, direction, internal, number, extension, display, name, withheld, party_key,
      offered_at, answered_at, ended_at, zone_offset_minutes, disposition, sip_status, sip_reason, sip_call_id, codec, encrypted)
    SELECT (${newest} - (${count} - i) * 90000) * 1000, printf('call-%d', i), 1 + i % 2,
      CASE WHEN i % 3 = 0 THEN 'outgoing' ELSE 'incoming' END, 0, printf('+7495%07d', i % 20000), NULL,
      printf('+7 495 %03d-%02d-%02d', i % 20000 / 10000, i % 20000 / 100 % 100, i % 100),
      CASE WHEN i % 4 = 0 THEN NULL ELSE printf('Собеседник Номер%d', i % 20000) END, 0, printf('+7495%07d', i % 20000),
      ${newest} - (${count} - i) * 90000,
      CASE WHEN i % 5 = 0 THEN NULL ELSE ${newest} - (${count} - i) * 90000 + 4000 + i % 9000 END,
      ${newest} - (${count} - i) * 90000 + 15000 + i % 240000, 180,
      CASE WHEN i % 5 > 0 THEN 'answered' WHEN i % 3 = 0 THEN 'no-answer' ELSE 'missed' END,
      CASE WHEN i % 5 = 0 THEN 487 ELSE 200 END, 'OK', printf('%016x@pbx.example', i * 7919), 'PCMA', 0
    FROM n;
    INSERT INTO call_annotation (sequence, note, outcome, tags, changed_at)
      SELECT sequence, 'Просит счёт до пятницы, перезвонить; оплата по договору', 'Договорились', '["опт"]', offered_at
      FROM call_record WHERE sequence % 10000000 = 0;`);
  handle.close();
}
