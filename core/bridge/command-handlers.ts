import { OffhookError } from '#contract/errors.ts';
import type { SessionSnapshot } from '#contract/ipc/index.ts';
import type { CallLog } from '#core/call-log/index.ts';
import {
  answerCall,
  declineCall,
  hangUpCall,
  holdCall,
  placeCall,
  sendDigits,
  unholdCall,
  type CallServices,
  type RedialMemory,
} from '#core/calls/index.ts';
import { dialPlan } from '#core/contacts/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { SecretStore, SettingsStore } from '#core/settings/index.ts';
import type { CommandHandlers } from './agent-bridge.ts';
import type { WindowAudioEndpoint } from './window-audio-endpoint.ts';

export interface HandlerDependencies {
  services: CallServices;
  redial: RedialMemory;
  callLog: CallLog;
  settings: SettingsStore;
  secrets: SecretStore;
  problems: ProblemBoard;
  audio: WindowAudioEndpoint;
  shell: 'electron' | 'web';
  version: string;
  demo: () => SessionSnapshot['demo'];
  startDemo: () => Promise<void>;
}

/** What each command of the contract does; arguments are validated already. */
export function commandHandlers(dependencies: HandlerDependencies): CommandHandlers {
  return {
    ...sessionHandlers(dependencies),
    ...lineHandlers(dependencies),
    ...callHandlers(dependencies),
    ...audioHandlers(dependencies),
    'callLog.list': (args) => dependencies.callLog.list(args),
  };
}

function sessionHandlers(dependencies: HandlerDependencies) {
  const { services, settings, secrets, problems } = dependencies;
  return {
    'session.open': () => ({
      version: dependencies.version,
      shell: dependencies.shell,
      secretStore: secrets.kind,
      demo: dependencies.demo(),
      lines: services.lines.snapshots(),
      calls: services.calls.snapshots(),
      settings: settings.values,
      problems: problems.list(),
    }),
    'session.dismissProblem': ({ problemId }) => {
      problems.dismiss(problemId);
      return {};
    },
    'session.startDemo': async () => {
      await dependencies.startDemo();
      return {};
    },
    'settings.set': async ({ values }) => {
      await settings.set(values);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}

function lineHandlers({ services }: HandlerDependencies) {
  const { lines } = services;
  return {
    'lines.list': () => lines.snapshots(),
    'lines.add': async ({ account, password }) => ({ lineId: await lines.add(account, password) }),
    'lines.update': async ({ lineId, account, password }) => {
      await lines.update(lineId, account, password);
      return {};
    },
    'lines.remove': async ({ lineId }) => {
      await lines.remove(lineId);
      return {};
    },
    'lines.setDefault': async ({ lineId }) => {
      await lines.setDefault(lineId);
      return {};
    },
    'lines.reconnect': ({ lineId }) => {
      lines.reconnect(lineId);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}

function callHandlers({ services, redial }: HandlerDependencies) {
  const { calls } = services;
  return {
    'calls.list': () => calls.snapshots(),
    'calls.preview': ({ text }) => {
      const { address, extension, display, emergency, rules } = dialPlan(text, services.numberRules());
      return { address, extension, display, emergency, rules };
    },
    'calls.place': ({ text, lineId }) => {
      const call = placeCall(services, text, lineId);
      redial.note(text);
      return { callId: call.id };
    },
    'calls.redial': () => ({ callId: redial.redial(services).id }),
    'calls.answer': async ({ callId }) => {
      await answerCall(services, calls.required(callId));
      return {};
    },
    'calls.decline': ({ callId, reason }) => {
      declineCall(calls.required(callId), reason);
      return {};
    },
    'calls.hangUp': ({ callId }) => {
      hangUpCall(services, calls.required(callId));
      return {};
    },
    'calls.hold': ({ callId }) => {
      holdCall(services, calls.required(callId));
      return {};
    },
    'calls.unhold': async ({ callId }) => {
      await unholdCall(services, calls.required(callId));
      return {};
    },
    'calls.setMuted': ({ callId, muted }) => {
      const call = calls.required(callId);
      if (!call.live) throw new OffhookError('call.not-possible-now');
      call.setMuted(muted);
      return {};
    },
    'calls.sendDigits': async ({ callId, digits }) => {
      await sendDigits(services, calls.required(callId), digits);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}

function audioHandlers({ audio, problems }: HandlerDependencies) {
  return {
    'audio.claim': (_args, client) => {
      audio.claim(client);
      return {};
    },
    'audio.reply': ({ requestId, outcome }, client) => {
      audio.reply(client, requestId, outcome);
      return {};
    },
    'audio.report': (report, client) => {
      audio.report(client, report);
      return {};
    },
    'audio.problem': ({ error }) => {
      if (error) problems.raise('audio', error, { dismissable: false });
      else problems.clear('audio');
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}
