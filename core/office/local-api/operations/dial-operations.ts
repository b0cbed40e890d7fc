import { OffhookError } from '#contract/errors.ts';
import type { DialOutcome, DialSource } from '#contract/ipc/index.ts';
import type { ApiCaller, Asker } from '../api-caller.ts';
import { dialOriginOf } from '../api-caller.ts';
import { placeNumbers } from '../place-numbers.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

/** A program that is paired is a program, whatever it says of itself: only Offhook's own know where a wish came from. */
function sourceOf(caller: ApiCaller, claimed: DialSource): DialSource {
  return caller.programId === null ? claimed : 'program';
}

export function dialOperations({ services, dialDesk, pairing }: OperationServices) {
  const open = (asker: Asker, claimed: DialSource, text: string): DialOutcome => {
    if (!asker.caller) throw new OffhookError('program.not-paired');
    return dialDesk.open({ source: sourceOf(asker.caller, claimed), text, origin: dialOriginOf(asker.caller) });
  };
  return {
    'calls.place': ({ text }, asker) => open(asker, 'command-line', text),
    'dial.open': ({ source, text }, asker) => open(asker, source, text),
    'numbers.find': ({ text }) => ({ numbers: placeNumbers(text, services.numberRules()) }),
    'pairing.begin': ({ name, scopes }, asker) => pairing.begin(name, scopes, asker.from),
    'pairing.await': ({ pairingId }) => pairing.await(pairingId),
  } satisfies Partial<OperationHandlers>;
}
