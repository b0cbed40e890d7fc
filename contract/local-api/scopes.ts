import { z } from 'zod';

/**
 * What a program may do. `calls:read`: see calls and hear of them; `calls:dial`: ask for a call; `calls:control`:
 * answer, end, hold, transfer; `people:read`: look up and search; `people:show`: have a card shown; `log:read`,
 * `log:write`: the call log and its notes.
 */
export const scope = z.enum([
  'calls:read',
  'calls:dial',
  'calls:control',
  'people:read',
  'people:show',
  'log:read',
  'log:write',
]);
export type Scope = z.infer<typeof scope>;
export const allScopes: readonly Scope[] = scope.options;
