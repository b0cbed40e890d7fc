import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askComHelper } from '#core/com-helper/index.ts';
import { findOrigin } from '#core/office/links/index.ts';
import { WindowsProgramFinder } from '#core/office/links/origins/windows-program-finder.ts';
import { readSelection } from '#core/office/selection/index.ts';
import { WindowsSelectionReader } from '#core/office/selection/windows-selection-reader.ts';
import { OutlookStandIn } from '../support/outlook-stand-in.ts';

/** What the helper asks of Windows itself cannot be had here: it is compiled, and it says so. */
describe.runIf(OutlookStandIn.possible)('the helper for Windows, away from it', () => {
  let standIn: OutlookStandIn;
  let command: string[];
  beforeAll(() => {
    standIn = OutlookStandIn.build();
    command = standIn.command([]);
  });
  afterAll(() => standIn?.remove());

  const ask = (request: Record<string, unknown>) =>
    askComHelper(request, { command, signal: new AbortController().signal });

  it('is told apart from one that hangs: it fails, and goes on', async () => {
    await expect(ask({ command: 'parent', pid: 1 })).rejects.toMatchObject({ code: 'directory.failed' });
    await expect(ask({ command: 'parent', pid: 'x' })).rejects.toMatchObject({ code: 'directory.failed' });
    expect(await ask({ command: 'ping' })).toEqual({ done: true });
  });

  it('leaves nobody known and nothing selected', async () => {
    expect(await findOrigin(new WindowsProgramFinder(ask), process.pid)).toBeNull();
    await expect(readSelection([new WindowsSelectionReader(ask)])).rejects.toMatchObject({
      code: 'selection.unreadable',
    });
  });
});
