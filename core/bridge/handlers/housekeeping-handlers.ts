import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function housekeepingHandlers({ housekeeping }: HandlerDependencies) {
  return {
    'records.status': () => housekeeping.status(),
    'records.keep': async () => {
      await housekeeping.keep();
      return {};
    },
    'records.deleteNow': () => housekeeping.deleteNow(),
    'records.backups': () => housekeeping.backups(),
    'records.backUp': (args) => housekeeping.backUp(args),
    'records.inspectBackup': ({ file }) => housekeeping.inspectBackup(file),
    'records.restore': ({ file }) => housekeeping.restore(file),
    'records.check': () => housekeeping.check(),
    'records.previewErasure': ({ whom }) => housekeeping.previewErasure(whom),
    'records.erase': ({ whom }) => housekeeping.erase(whom),
    'records.receipts': () => housekeeping.receipts(),
  } satisfies Partial<CommandHandlers>;
}
