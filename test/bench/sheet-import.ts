import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { defaultSettings } from '#contract/settings.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { entryHandle } from '#core/contacts/directories/intake/entry-handle.ts';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import { openSheetDirectory } from '#core/contacts/directories/sheets/sheet-directory.ts';
import type { SourceEntry } from '#core/contacts/directories/source-entry.ts';
import { packNumbers, type StoredNumber } from '#core/contacts/directories/stored-entry.ts';
import { matchKey, type NumberRules } from '#core/contacts/index.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';

const config = (file: string) => ({ kind: 'sheet' as const, path: file, mappings: [] });
const rules: NumberRules = { ...defaultSettings, country: 'RU', areaCode: '495' };
const worker = new URL('../../dist/directory-worker.js', import.meta.url);

function newDatabase(database: string) {
  const agent = openSqlite(database, agentSchema);
  agent.exec("INSERT INTO directory (id, kind, label, position, config) VALUES ('d', 'sheet', 'D', 1, '{}')");
  return agent;
}

/** By the directory worker of the agent, as it is bundled; null where it reads no sheets. */
export async function importByWorker(file: string, database: string): Promise<number | null> {
  if (!existsSync(fileURLToPath(worker))) return null;
  const agent = newDatabase(database);
  const thread = new Worker(worker, { workerData: { database } });
  let ended: { outcome: unknown; changed: number } | null = null;
  thread.on('message', (reply: { result?: typeof ended }) => (ended = reply.result ?? ended));
  const source = {
    config: config(file),
    secret: null,
    rules,
    proxy: { kind: 'address', address: null },
    outlookHelper: null,
  };
  thread.postMessage({ kind: 'refresh', request: { ...source, directoryId: 'd', cursor: null } });
  await once(thread, 'exit');
  const { rows } = agent.prepare("SELECT count(*) AS rows FROM directory_entry WHERE directory_id = 'd'").get() as {
    rows: number;
  };
  agent.close();
  return rows > 0 ? rows : null;
}

function storedNumbers(entry: SourceEntry): StoredNumber[] {
  return entry.numbers.map(({ text, label }) => {
    const key = matchKey(text, rules);
    const number = key?.key ?? '';
    return { text, key: key?.key ?? null, confidence: key?.confidence ?? 'weak', number, extension: null, label };
  });
}

/** The same work without the agent's store: each number read, each entry a row of the same table. */
export async function importPlainly(file: string, database: string): Promise<number> {
  const agent = newDatabase(database);
  agent.pragma('synchronous = NORMAL');
  const insert = agent.prepare(`INSERT INTO directory_entry
    (directory_id, key, handle, content_hash, name, firm, role, department, numbers, emails, links, note, fields, open, place)
    VALUES ('d', @key, @handle, '', @name, @firm, @role, @department, @numbers, @emails, @links, @note, @fields, @open, @place)`);
  let rows = 0;
  const write = agent.transaction((entries: readonly SourceEntry[]) => {
    for (const entry of entries) {
      const { key, name, firm, role, department, note, place } = entry;
      const [emails, links, fields, open] = [entry.emails, entry.links, entry.fields, entry.open].map((each) =>
        JSON.stringify(each),
      );
      const numbers = packNumbers(storedNumbers(entry));
      insert.run({
        key,
        handle: entryHandle('d', key),
        name,
        firm,
        role,
        department,
        numbers,
        emails,
        links,
        note,
        fields,
        open,
        place,
      });
      rows += 1;
    }
  });
  const reading = new CollectedReading();
  reading.put = async (entries) => write(entries);
  const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
  await openSheetDirectory(config(file), environment).refresh(reading);
  agent.close();
  return rows;
}
