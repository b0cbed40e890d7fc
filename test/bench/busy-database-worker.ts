import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** A database at work beside the relay: transactions of 200 rows and a scan, with a pause between, until terminated. */
const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
const database = new Database(path.join(folder, 'busy.sqlite'));
rmSync(folder, { recursive: true });
database.pragma('journal_mode = MEMORY');
database.exec('create table call (id integer primary key, number text, at integer)');
const insert = database.prepare('insert into call (number, at) values (?, ?)');
const scan = database.prepare('select count(*) from call where number like ?');
const work = database.transaction(() => {
  for (let row = 0; row < 200; row++) insert.run(`+7495${row}`, Date.now());
});
parentPort!.postMessage('ready');
setInterval(() => {
  work();
  scan.get('%12%');
}, 50);
