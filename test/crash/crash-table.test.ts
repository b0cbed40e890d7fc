import { afterEach, expect, it } from 'vitest';
import { tableOf, totalsOf, witnessLine } from './crash-table.ts';
import { CrashTally } from './crash-tally.ts';

const said: string[] = [];
afterEach(() => (said.length = 0));

function tally(title: string, phrase: string, kills: number): CrashTally {
  const made = new CrashTally(title, phrase, (line) => said.push(line));
  for (let kill = 0; kill < kills; kill += 1) made.killed(10);
  return made;
}

it('ends with one line for all kinds of kill', () => {
  const tallies = [
    tally('at random moments', 'kills at random moments', 3),
    tally('at every write point', 'at write points', 2),
  ];
  expect(totalsOf(tallies)).toBe(
    '3 kills at random moments, 2 at write points: 50 calls ended before, 0 lost, 0 twice',
  );
});

it('says so when nothing could be tried', () => {
  expect(totalsOf([])).toBe('no kills: 0 calls ended before, 0 lost, 0 twice');
});

it('names whatever went wrong, each call once', () => {
  const made = tally('power cuts', 'power cuts', 1);
  made.add(
    [
      { kind: 'lost', what: 'a' },
      { kind: 'unseen', what: 'b' },
      { kind: 'open', what: 'c' },
    ],
    'a test',
  );
  expect(said).toEqual([
    'power cuts: lost: a (a test)',
    'power cuts: unseen: b (a test)',
    'power cuts: open: c (a test)',
  ]);
  made.add(
    [
      { kind: 'lost', what: 'a' },
      { kind: 'damaged', what: 'd' },
      { kind: 'twice', what: 'e' },
    ],
    'a test',
  );
  expect(totalsOf([made])).toBe('1 power cuts: 10 calls ended before, 2 lost, 1 twice, 1 left open, 1 damaged');
  expect(tableOf([made]).at(-1)).toMatch(/^\| power cuts +\| +1 \| +0 \| +10 \| +2 \| +0 \| +1 \| +1 \| +1 \|$/);
});

it('tells how close to the kill a call had begun of which nothing was on the disk', () => {
  const made = tally('at random moments', 'kills at random moments', 1);
  expect(witnessLine(made)).toEqual([]);
  made.witnessed = 9;
  expect(witnessLine(made)).toEqual(['Another party saw 9 calls end before a kill: all have their record.']);
  made.unwritten.push(4, 17);
  expect(witnessLine(made).join()).toContain('7 have their record; 2 had begun at most 17 ms before it');
});
