import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

const done = async (work: Promise<unknown>) => {
  await work;
  return {};
};

export function journalHandlers({ journals, outbox }: HandlerDependencies) {
  return {
    'journals.list': () => journals.list(),
    'journals.save': (asked) => journals.save(asked),
    'journals.remove': ({ journalId }) => done(journals.remove(journalId)),
    'journals.test': ({ config }) => journals.test(config),
    'deliveries.list': () => outbox.list(),
    'deliveries.retry': ({ ids }) => done(outbox.retry(ids)),
    'deliveries.drop': ({ ids }) => done(outbox.drop(ids)),
  } satisfies Partial<CommandHandlers>;
}
