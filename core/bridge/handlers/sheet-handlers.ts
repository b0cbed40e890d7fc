import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

const done = async (work: Promise<unknown>) => {
  await work;
  return {};
};

export function sheetHandlers({ sheets }: HandlerDependencies) {
  return {
    'sheets.list': () => sheets.list(),
    'sheets.page': (asked) => sheets.page(asked),
    'sheets.setup': (asked) => sheets.setup(asked),
    'sheets.setUp': (asked) => done(sheets.setUp(asked)),
    'sheets.dial': (asked) => sheets.dial(asked),
    'sheets.walk': (asked) => sheets.walk(asked),
    'sheets.walking': () => sheets.walking(),
    'sheets.call': (asked) => sheets.call(asked),
    'sheets.next': (asked) => sheets.next(asked),
    'sheets.skip': () => sheets.skip(),
    'sheets.pause': ({ paused }) => sheets.pause(paused),
    'sheets.stop': () => done(sheets.stop()),
    'sheets.record': (asked) => done(sheets.record(asked)),
    'sheets.conflicts': (asked) => sheets.conflicts(asked),
    'sheets.resolve': (asked) => done(sheets.resolve(asked)),
    'sheets.write': (asked) => sheets.write(asked),
    'sheets.undo': (asked) => sheets.undo(asked),
    'sheets.links': (asked) => sheets.links(asked),
  } satisfies Partial<CommandHandlers>;
}
