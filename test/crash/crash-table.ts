import type { CrashTally } from './crash-tally.ts';

const columns = [
  'kind of kill',
  'kills',
  'checks',
  'calls ended before',
  'lost',
  'changed',
  'twice',
  'left open',
  'integrity failures',
];

function row(tally: CrashTally): string[] {
  const { title, kills, checks, acknowledged } = tally;
  const found = [
    tally.count('lost', 'unseen'),
    tally.count('changed'),
    tally.count('twice'),
    tally.count('open'),
    tally.count('damaged'),
  ];
  return [title, ...[kills, checks, acknowledged, ...found].map(String)];
}

/** In Markdown, the columns of one width. */
export function tableOf(tallies: readonly CrashTally[]): string[] {
  const rows = [columns, ...tallies.map(row)];
  const widths = columns.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...others] = rows;
  return [line(head), rule, ...others.map(line)];
}

/** What other parties saw; empty where nobody looked. */
export function witnessLine({ witnessed, unwritten }: CrashTally): string[] {
  if (witnessed === 0) return [];
  const seen = `Another party saw ${witnessed} calls end before a kill`;
  if (unwritten.length === 0) return [`${seen}: all have their record.`];
  return [
    `${seen}: ${witnessed - unwritten.length} have their record; ${unwritten.length} had begun at most ${Math.max(...unwritten)} ms before it, and nothing of them was on the disk yet.`,
  ];
}

/** One line for everything, e.g. `15 kills at random moments, 130 at write points: 900 calls ended before, 0 lost, 0 twice`. */
export function totalsOf(tallies: readonly CrashTally[]): string {
  const kinds = tallies.map(({ kills, phrase }) => `${kills} ${phrase}`).join(', ') || 'no kills';
  const sum = (count: (tally: CrashTally) => number) => tallies.reduce((total, tally) => total + count(tally), 0);
  const found = (['changed', 'open', 'damaged'] as const).map((kind) => ({
    kind,
    number: sum((tally) => tally.count(kind)),
  }));
  const more = found
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `, ${number} ${kind === 'open' ? 'left open' : kind}`);
  const ended = sum(({ acknowledged }) => acknowledged);
  return `${kinds}: ${ended} calls ended before, ${sum((tally) => tally.count('lost', 'unseen'))} lost, ${sum((tally) => tally.count('twice'))} twice${more.join('')}`;
}
