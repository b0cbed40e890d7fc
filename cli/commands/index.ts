import { answer, hold, unhold } from './call-command.ts';
import type { Command } from './command.ts';
import { dial } from './dial.ts';
import { digits } from './digits.ts';
import { hangUp } from './hang-up.ts';
import { listCalls } from './list-calls.ts';
import { listen } from './listen.ts';
import { lookUp } from './look-up.ts';
import { openLink } from './open-link.ts';
import { status } from './status.ts';
import { swap } from './swap.ts';
import { transfer } from './transfer.ts';

/** In the order of the help. */
export const commands: readonly Command[] = [
  dial,
  openLink,
  answer,
  hangUp,
  hold,
  unhold,
  swap,
  transfer,
  digits,
  listCalls,
  lookUp,
  status,
  listen,
];
