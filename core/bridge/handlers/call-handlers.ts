import { OffhookError } from '#contract/errors.ts';
import { answerCall, declineCall, hangUpCall, holdCall, placeCall, sendDigits, transferCall, unholdCall } from '#core/calls/index.ts';
import { dialPlan } from '#core/contacts/index.ts';
import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function callHandlers({ services, redial }: HandlerDependencies) {
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
    'calls.transfer': async ({ callId, text }) => {
      await transferCall(services, calls.required(callId), text);
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
