import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../hostile-text.test-support.ts';
import { programProblem } from './check-program.ts';
import { momentOf } from './event-actions.test-support.ts';
import { fillArguments } from './fill-arguments.ts';
import { MemoryProgramRunner } from './memory-program-runner.ts';
import { runTask } from './run-task.ts';

async function tools() {
  const runner = new MemoryProgramRunner();
  return { runner, tools: { programs: runner, addresses: runner, platform: 'linux' } as const };
}

describe('what a caller writes', () => {
  it('never adds an argument, nor becomes an option', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, number) => {
        const { runner, tools: given } = await tools();
        const task = {
          kind: 'program',
          program: '/bin/x',
          arguments: ['{name}', '--who={name}', 'a {number} b'],
        } as const;
        await runTask({ ...task, arguments: [...task.arguments] }, momentOf('ring', { name, number }), given);
        const [started] = runner.started;
        expect(started?.program).toBe('/bin/x');
        expect(started?.args).toHaveLength(3);
        expect(started?.args[0]).not.toMatch(/^[-/@]/);
        expect(started?.args[1]).toMatch(/^--who=/);
        expect(started?.args.join('')).not.toContain('\0');
      }),
      { numRuns: 200 },
    );
  });

  it('never leads an address elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, firm) => {
        const { runner, tools: given } = await tools();
        const address = 'https://crm.example/find/{name}/card?who={firm}&x=1#at={name}';
        await runTask({ kind: 'address', address }, momentOf('ring', { name, firm }), given).catch(() => undefined);
        for (const opened of runner.opened) {
          const url = new URL(opened);
          expect(url.origin).toBe('https://crm.example');
          expect(url.pathname.split('/')).toHaveLength(4);
          expect([...url.searchParams.keys()]).toEqual(['who', 'x']);
          expect(opened).toMatch(/^[\x21-\x7e]+$/);
          expect(opened).not.toMatch(/["`\\ ]/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('adds no receiver to a letter', async () => {
    const { runner, tools: given } = await tools();
    const address = 'mailto:sales@office.example?subject={name}';
    await runTask({ kind: 'address', address }, momentOf('ring', { name: 'x&bcc=evil@example' }), given);
    expect(runner.opened).toEqual(['mailto:sales@office.example?subject=x%26bcc%3Devil%40example']);
  });

  it('is cut where it is long', () => {
    expect(fillArguments(['{note}'], { note: 'а'.repeat(9000) })[0]).toHaveLength(2000);
  });
});

describe('a program', () => {
  it.each([
    ['C:\\office\\note.BAT', [], 'win32'],
    ['C:\\office\\note.cmd. ', [], 'win32'],
    ['note.ps1', [], 'win32'],
    ['C:\\Windows\\System32\\cmd.exe', ['/c', 'x'], 'win32'],
    ['powershell.exe', ['-Command', 'Write-Host {name}'], 'win32'],
    ['/bin/bash', ['-lc', 'notify {name}'], 'linux'],
    ['sh', ['-c', 'notify "$1"', '{name}'], 'linux'],
    ['/usr/bin/env', ['sh', '-c', 'notify "{name}"'], 'linux'],
    ['env', ['LANG=C', '/bin/bash', '-ec', 'notify {name}'], 'linux'],
    ['env', ['-S', 'sh -c "notify {name}"'], 'linux'],
    ['busybox', ['ash', '-c', 'notify {name}'], 'linux'],
    ['sudo', ['-u', 'anna', 'bash', '-c', 'notify {name}'], 'linux'],
    ['nohup', ['nice', 'sh', '-c', 'notify {name}'], 'linux'],
    ['su', ['anna', '-c', 'notify {name}'], 'linux'],
    ['conhost.exe', ['C:\\Windows\\System32\\cmd.exe', '/c', 'echo {name}'], 'win32'],
    ['a\0b', [], 'linux'],
  ] as const)('is refused where a shell would read its arguments: %s %j', (program, args, platform) => {
    expect(programProblem(program, args, platform)).not.toBeNull();
  });

  it.each([
    ['C:\\Program Files\\CRM\\crm.exe', ['{name}'], 'win32'],
    ['/bin/bash', ['/home/anna/note.sh', '{name}'], 'linux'],
    ['notify-send', ['{name}'], 'linux'],
    ['env', ['LANG=C', 'notify-send', '-c', 'call', '{name}'], 'linux'],
    ['env', ['sh', '/home/anna/note.sh', '{name}'], 'linux'],
    ['nohup', ['sh', '-c', 'notify call'], 'linux'],
    ['/opt/office/note.cmd', ['{name}'], 'linux'],
  ] as const)('is run where none does: %s %j', (program, args, platform) => {
    expect(programProblem(program, args, platform)).toBeNull();
  });
});
