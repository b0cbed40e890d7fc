import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { readReports, tell } from './reports.ts';

function told(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-reports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'report');
  const descriptor = openSync(file, 'w');
  tell(descriptor, { kind: 'list', records: [] });
  tell(descriptor, { kind: 'ready', at: 5 });
  tell(descriptor, { kind: 'ended', record: callRecordOf({ id: 'a' }) });
  closeSync(descriptor);
  return readFileSync(file, 'utf8');
}

it('reads what was told', () => {
  expect(readReports(told())).toEqual({ readyAt: 5, list: [], ended: [callRecordOf({ id: 'a' })] });
});

it('leaves out a line that the kill has torn', () => {
  const text = told();
  expect(readReports(text.slice(0, -1)).ended).toEqual([]);
  expect(readReports(text.slice(0, -40)).readyAt).toBe(5);
});

it('finds reports among the other lines of a serial console', () => {
  const text = `[    0.004000] a kernel speaks\r\n${told().replaceAll('\n', '\r\n')}`;
  expect(readReports(text).ended.map(({ id }) => id)).toEqual(['a']);
});
