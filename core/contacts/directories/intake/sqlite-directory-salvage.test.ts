import path from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { salvage, salvageFirst } from '#core/storage/jobs/salvage.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';
import { entry, openEntries, sourceOf, type TestEntries } from './sqlite-entries.test-support.ts';

let old: TestEntries;
let fresh: BetterSqlite3.Database;
beforeEach(() => void (old = openEntries()));
afterEach(() => {
  fresh.close();
  old.close();
});

it('brings back the list, the own contacts and the user’s word first, and has the sources read again', async () => {
  const photo = { type: 'image/jpeg' as const, bytes: Buffer.from([0xff, 0xd8, 0xff, 1]) };
  await old.refresh(sourceOf([entry('1', { photo }), entry('2')]));
  old.agent.exec(`
    UPDATE directory SET position = 5 WHERE id = 'own';
    UPDATE directory SET cursor = 'c', refreshed_at = 1, label = 'Клиенты', has_secret = 1 WHERE id = 'd';
    INSERT INTO directory_entry (directory_id, key, handle, content_hash, name, firm, role, department, numbers, emails, links, note, fields, place)
      VALUES ('own', 'o', 'o', '', 'Own', '', '', '', '[]', '[]', '[]', '', '[]', ''),
             ('own', 'x', 'x', '', 'Broken', '', '', '', '[[', '[]', '[]', '', '[]', '');
    INSERT INTO merge_pin (id, kind, one, other, made_at) VALUES (1, 'apart', 'a', 'b', 1);
    INSERT INTO number_choice (party_key, handle) VALUES ('+7', 'o');
    INSERT INTO entry_alias (handle, other) VALUES ('g', 'o');
  `);
  const file = path.join(path.dirname(old.file), 'fresh.sqlite');
  fresh = openSqlite(file, agentSchema);
  const all = (sql: string) => fresh.prepare(sql).all();
  salvageFirst(fresh, old.file, agentSchema);
  expect(all('SELECT id, label, position, has_secret, cursor, refreshed_at FROM directory ORDER BY id')).toEqual([
    { id: 'd', label: 'Клиенты', position: 1, has_secret: 1, cursor: null, refreshed_at: null },
    { id: 'own', label: '', position: 5, has_secret: 0, cursor: null, refreshed_at: null },
  ]);
  expect(all('SELECT kind, one, other FROM merge_pin')).toEqual([{ kind: 'apart', one: 'a', other: 'b' }]);
  expect(all('SELECT * FROM number_choice')).toEqual([{ party_key: '+7', handle: 'o' }]);
  expect(all('SELECT * FROM entry_alias')).toEqual([{ handle: 'g', other: 'o' }]);
  salvage(old.file, { file, parts: agentSchema, report: () => {} });
  expect(all('SELECT key, content_hash FROM directory_entry ORDER BY id')).toMatchObject(
    ['1', '2', 'o'].map((key) => ({ key, content_hash: '' })),
  );
  expect(all('SELECT type FROM photo')).toEqual([{ type: 'image/jpeg' }]);
});
