import { readFileSync } from 'node:fs';

/** Proportional set size of a process, MB of 10^6 bytes: its own pages, and its share of those that others use too. */
export function proportionalSetSize(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kibibytes = Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? NaN);
  if (!(kibibytes > 0)) throw new Error(`no memory is known of process ${pid}`);
  return (kibibytes * 1024) / 1e6;
}

/** CPU time that a process has used in all its threads, in ticks of 10 ms. */
export function cpuTicks(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The command's name may hold spaces and brackets: count from behind it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!(ticks > 0)) throw new Error(`no CPU time is known of process ${pid}`);
  return ticks;
}
