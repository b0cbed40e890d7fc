import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { audioCommands, audioEvents } from './audio.ts';
import { callCommands, callEvents } from './calls.ts';
import { callLogCommands, callLogEvents } from './call-log.ts';
import { directoryCommands, directoryEvents } from './directories.ts';
import { deliveryCommands, deliveryEvents } from './deliveries.ts';
import { dialRequestCommands, dialRequestEvents } from './dial-requests.ts';
import { eventActionCommands, eventActionEvents } from './event-actions.ts';
import { journalCommands, journalEvents } from './journals.ts';
import { programCommands, programEvents } from './programs.ts';
import { sheetCommands, sheetEvents } from './sheets.ts';
import { exportCommands, exportEvents } from './exports.ts';
import { housekeepingCommands, housekeepingEvents } from './housekeeping.ts';
import { peopleCommands, peopleEvents } from './people.ts';
import { lineCommands, lineEvents } from './lines.ts';
import { recordingCommands, recordingEvents } from './recordings.ts';
import { reportCommands } from './reports.ts';
import { sessionCommands, sessionEvents } from './session.ts';

export * from './audio.ts';
export * from './calls.ts';
export * from './call-log.ts';
export * from './directories.ts';
export * from './deliveries.ts';
export * from './dial-requests.ts';
export * from './event-actions.ts';
export * from './journals.ts';
export * from './programs.ts';
export * from './sheets.ts';
export * from './exports.ts';
export * from './housekeeping.ts';
export * from './ldap-presets.ts';
export * from './lines.ts';
export * from './people.ts';
export * from './person.ts';
export * from './recordings.ts';
export * from './reports.ts';
export * from './session.ts';

export const commands = {
  ...sessionCommands,
  ...lineCommands,
  ...callCommands,
  ...audioCommands,
  ...callLogCommands,
  ...peopleCommands,
  ...directoryCommands,
  ...recordingCommands,
  ...reportCommands,
  ...exportCommands,
  ...housekeepingCommands,
  ...sheetCommands,
  ...programCommands,
  ...journalCommands,
  ...eventActionCommands,
  ...dialRequestCommands,
  ...deliveryCommands,
};
export const events = {
  ...sessionEvents,
  ...lineEvents,
  ...callEvents,
  ...audioEvents,
  ...callLogEvents,
  ...peopleEvents,
  ...directoryEvents,
  ...recordingEvents,
  ...exportEvents,
  ...housekeepingEvents,
  ...sheetEvents,
  ...programEvents,
  ...journalEvents,
  ...eventActionEvents,
  ...dialRequestEvents,
  ...deliveryEvents,
};

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['args']>;
export type CommandArguments<N extends CommandName> = z.output<(typeof commands)[N]['args']>;
export type CommandResult<N extends CommandName> = z.output<(typeof commands)[N]['result']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

/** What travels between a window (or any client) and the agent, one JSON text or structured clone a message. */
export const clientMessage = z.object({ id: z.int(), command: z.string(), args: z.unknown() });
export type ClientMessage = z.infer<typeof clientMessage>;

export const agentMessage = z.union([
  z.object({ id: z.int(), result: z.unknown() }),
  z.object({ id: z.int(), error: errorReport }),
  z.object({ event: z.string(), payload: z.unknown() }),
]);
export type AgentMessage = z.infer<typeof agentMessage>;

/** The bridge as a window sees it; the preload and the WebSocket client both satisfy it. */
export interface AgentBridge {
  /** Rejects with an `OffhookError`, e.g. `bridge.closed` when the agent went away. */
  call<N extends CommandName>(command: N, args: CommandInput<N>): Promise<CommandResult<N>>;
  /** Returns the way to stop listening. */
  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** `open` after each (re)connection: the caller then asks for `session.open` again. */
  onConnection(listener: (state: 'open' | 'lost') => void): () => void;
}
