import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#core/foundation/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { NodeProgramRunner } from './node-program-runner.ts';

describe('a program of this computer', () => {
  let folder: string;
  let runner: NodeProgramRunner;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-programs-'));
    runner = new NodeProgramRunner(systemClock);
  });
  afterEach(() => {
    runner.dispose();
    rmSync(folder, { recursive: true });
  });

  const script = (text: string) => {
    const file = path.join(folder, 'script.cjs');
    writeFileSync(file, text);
    return file;
  };

  it('gets its arguments as they are, and no shell reads them', async () => {
    const out = path.join(folder, 'out.json');
    const file = script(`require('fs').writeFileSync(process.argv[2], JSON.stringify(process.argv.slice(3)))`);
    const args = ['$(touch hacked)', '`id`', '"; touch hacked; "', 'a b', '', '%PATH%', '*', "it's", 'строка\nвторая'];
    await runner.run(process.execPath, [file, out, ...args]);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(args);
    expect(existsSync(path.join(folder, 'hacked'))).toBe(false);
  });

  it('that is missing, or ends with an error at once, is told of', async () => {
    await expect(runner.run(path.join(folder, 'nothing'), [])).rejects.toMatchObject({
      code: 'action.program-missing',
      values: { program: 'nothing' },
    });
    await expect(runner.run(process.execPath, [script('process.exit(3)')])).rejects.toMatchObject({
      code: 'action.program-failed',
      detail: 'exit code 3',
    });
    writeFileSync(path.join(folder, 'no-program'), 'x');
    await expect(runner.run(path.join(folder, 'no-program'), [])).rejects.toMatchObject({
      code: 'action.program-failed',
    });
  });

  it('is not started while eight others still run that began a moment ago', async () => {
    const clock = new FakeClock();
    const many = new NodeProgramRunner(clock);
    const stop = path.join(folder, 'stop');
    const file = script(
      `const t = setInterval(() => require('fs').existsSync(process.argv[2]) && clearInterval(t), 20)`,
    );
    const running = Array.from({ length: 8 }, () => many.run(process.execPath, [file, stop]));
    await expect(many.run(process.execPath, [file, stop])).rejects.toMatchObject({ code: 'action.too-many' });
    writeFileSync(stop, '');
    await Promise.all(running);
    await many.run(process.execPath, [file, stop]);
    many.dispose();
  });
});
