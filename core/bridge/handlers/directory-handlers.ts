import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

const done = async (work: Promise<unknown>) => {
  await work;
  return {};
};

export function directoryHandlers({ directories }: HandlerDependencies) {
  return {
    'directories.list': () => directories.list(),
    'directories.preview': (asked) => directories.preview(asked),
    'directories.add': (asked) => directories.add(asked),
    'directories.change': (asked) => done(directories.change(asked)),
    'directories.remove': ({ id }) => done(directories.remove(id)),
    'directories.sort': ({ ids }) => done(directories.sort(ids)),
    'directories.refresh': ({ id }) => done(directories.refresh(id)),
    'directories.cancel': ({ id }) => done(directories.cancel(id)),
    'directories.import': (asked) => done(directories.import(asked)),
    'directories.browse': ({ path }) => directories.browse(path),
    'directories.signIn': (asked) => directories.signIn(asked),
  } satisfies Partial<CommandHandlers>;
}
