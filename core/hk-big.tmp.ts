import { mkdirSync, rmSync, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
const base = '/work/wt/housekeeping/core';
const { openSqlite } = await import(`${base}/storage/open-sqlite.ts`);
const { callLogSchema } = await import(`${base}/call-log/call-log-schema.ts`);
const { peopleSchema } = await import(`${base}/contacts/people/people-schema.ts`);
const { housekeepingSchema } = await import(`${base}/housekeeping/housekeeping-schema.ts`);
const dir = process.argv[2]!; const total = Number(process.argv[3]);
rmSync(dir, { recursive: true, force: true }); mkdirSync(dir, { recursive: true });
const db: BetterSqlite3.Database = openSqlite(`${dir}/offhook.sqlite`, [callLogSchema, peopleSchema, housekeepingSchema]);
db.pragma('synchronous = OFF'); db.pragma('cache_size = -400000');
db.exec("INSERT INTO call_line (key,line_id,label) VALUES (1,'line-1','Office')");
const names = ['Ольга Демидова','Иван Петров','Мария Соколова','Пётр Лебедев','Склад','Бухгалтерия','Служба доставки','Артём Кузнецов'];
const ins = db.prepare(`INSERT INTO call_record (sequence,id,line,direction,internal,number,display,name,withheld,party_key,offered_at,answered_at,ended_at,zone_offset_minutes,disposition,sip_status,sip_call_id,codec,encrypted) VALUES (?,?,1,?,0,?,?,?,0,?,?,?,?,180,?,200,?,'PCMA',0)`);
const now = Date.now(); const step = Math.floor(5 * 365 * 86400000 / total);
const t0 = performance.now();
for (let i = 0; i < total; ) {
  db.transaction(() => { for (let k = 0; k < 20000 && i < total; k++, i++) {
    const at = now - (total - i) * step; const n = '+7' + (9000000000 + (i * 7919) % 20000); const answered = i % 4 !== 0;
    ins.run(at * 1000, crypto.randomUUID(), i % 2 ? 'incoming' : 'outgoing', n, n, i % 3 ? `${names[i % 8]} ${i % 20000}` : null, n, at, answered ? at + 5000 : null, at + 60000, answered ? 'answered' : 'missed', crypto.randomUUID());
  } })();
}
db.pragma('wal_checkpoint(TRUNCATE)'); db.close();
console.log(total, 'calls in', Math.round(performance.now() - t0), 'ms,', statSync(`${dir}/offhook.sqlite`).size / 1e6, 'MB');
