import { OffhookError } from '#contract/errors.ts';
import {
  answerCall,
  declineCall,
  hangUpCall,
  holdCall,
  sendDigits,
  transferCall,
  unholdCall,
  type Call,
  type CallServices,
} from '#core/calls/index.ts';
import { toApiCall, toApiCalls } from '../api-model.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

/** In the model from the start; these lines cannot do it. */
function notSupported(call: Call): never {
  if (!call.live) throw new OffhookError('call.not-possible-now');
  throw new OffhookError('call.not-supported');
}

async function swap(services: CallServices): Promise<void> {
  const live = services.calls.live();
  const held = live.findLast((call) => call.callState === 'onHold');
  if (!held || !live.some((call) => call.callState === 'connected')) throw new OffhookError('call.not-possible-now');
  await unholdCall(services, held);
}

export function callOperations({ services, dialDesk }: OperationServices) {
  const { calls } = services;
  return {
    'calls.list': () => ({ calls: toApiCalls(calls.snapshots()) }),
    'calls.get': ({ callId }) => ({ call: toApiCall(calls.required(callId).snapshot(), calls.snapshots()) }),
    'calls.answer': async ({ callId }) => {
      await answerCall(services, calls.required(callId));
      return {};
    },
    'calls.drop': ({ callId }) => {
      const call = calls.required(callId);
      if (call.callState === 'offering') declineCall(call, 'decline');
      else hangUpCall(services, call);
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
    'calls.swap': async () => {
      await swap(services);
      return {};
    },
    'calls.dialDigits': async ({ callId, digits }) => {
      await sendDigits(services, calls.required(callId), digits);
      return {};
    },
    'calls.transfer': async ({ callId, text }) => {
      const call = calls.required(callId);
      dialDesk.check(text);
      await transferCall(services, call, text);
      return {};
    },
    'calls.setUpTransfer': ({ callId }) => notSupported(calls.required(callId)),
    'calls.completeTransfer': ({ callId }) => notSupported(calls.required(callId)),
    'calls.conference': ({ callId }) => notSupported(calls.required(callId)),
    'calls.park': ({ callId }) => notSupported(calls.required(callId)),
    'calls.pickUp': () => {
      throw new OffhookError('call.not-supported');
    },
  } satisfies Partial<OperationHandlers>;
}
