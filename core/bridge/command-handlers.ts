import type { CommandHandlers } from './agent-bridge.ts';
import { audioHandlers } from './handlers/audio-handlers.ts';
import { callLogHandlers } from './handlers/call-log-handlers.ts';
import { callHandlers } from './handlers/call-handlers.ts';
import { directoryHandlers } from './handlers/directory-handlers.ts';
import { exportHandlers } from './handlers/export-handlers.ts';
import { housekeepingHandlers } from './handlers/housekeeping-handlers.ts';
import { dialRequestHandlers } from './handlers/dial-request-handlers.ts';
import { eventActionHandlers } from './handlers/event-action-handlers.ts';
import { journalHandlers } from './handlers/journal-handlers.ts';
import { programHandlers } from './handlers/program-handlers.ts';
import { sheetHandlers } from './handlers/sheet-handlers.ts';
import type { HandlerDependencies } from './handler-dependencies.ts';
import { lineHandlers } from './handlers/line-handlers.ts';
import { peopleHandlers } from './handlers/people-handlers.ts';
import { recordingHandlers } from './handlers/recording-handlers.ts';
import { reportHandlers } from './handlers/report-handlers.ts';
import { sessionHandlers } from './handlers/session-handlers.ts';

/** What each command of the contract does; arguments are validated already. */
export function commandHandlers(dependencies: HandlerDependencies): CommandHandlers {
  return {
    ...sessionHandlers(dependencies),
    ...lineHandlers(dependencies),
    ...callHandlers(dependencies),
    ...audioHandlers(dependencies),
    ...callLogHandlers(dependencies),
    ...peopleHandlers(dependencies),
    ...directoryHandlers(dependencies),
    ...recordingHandlers(dependencies),
    ...reportHandlers(dependencies),
    ...exportHandlers(dependencies),
    ...housekeepingHandlers(dependencies),
    ...sheetHandlers(dependencies),
    ...programHandlers(dependencies),
    ...journalHandlers(dependencies),
    ...eventActionHandlers(dependencies),
    ...dialRequestHandlers(dependencies),
  };
}
