import type { Measure } from './measure.ts';
import { measureRelayCpu } from './relay-cpu.ts';
import { measureRelayLatency } from './relay-latency.ts';

export const measures: Measure[] = [
  {
    id: 'relay-latency',
    stat: 'p99',
    unit: 'ms',
    goal: 2,
    title: 'one way through the relay, above a bare UDP hop of the same run; 5 calls, database busy',
    async run() {
      const { addedP99, bareP99 } = await measureRelayLatency({ calls: 5 });
      return { value: addedP99, against: { name: 'bare hop', value: bareP99 } };
    },
  },
  {
    id: 'relay-cpu',
    stat: 'mean',
    unit: '% of a core a call',
    goal: 1.2,
    title: 'CPU of the relay a call, 20 calls',
    async run() {
      const { percentPerCall } = await measureRelayCpu({ calls: 20 });
      return { value: percentPerCall };
    },
  },
];
