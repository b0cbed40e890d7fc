import { OffhookError } from '#contract/errors.ts';
import type { CommandArguments, DialOutcome, DialSource } from '#contract/ipc/index.ts';
import { dialOriginOf, type ApiCaller, type Asker } from '../api-caller.ts';
import { placeNumbers } from '../place-numbers.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

type Wish = CommandArguments<'dialRequests.open'>;

/** A program that is paired is a program, whatever it says of itself: only Offhook's own know where a wish came from. */
function sourceOf(caller: ApiCaller, claimed: DialSource): DialSource {
  return caller.programId === null ? claimed : 'program';
}

export function dialOperations({ services, dialDesk, pairing }: OperationServices) {
  const open = (asker: Asker, wish: Wish): DialOutcome => {
    const { caller } = asker;
    if (!caller) throw new OffhookError('program.not-paired');
    // Whoever is paired is its own origin; Offhook's command knows who opened a link.
    const origin = dialOriginOf(caller) ?? (caller.programId === null ? wish.origin : null);
    return dialDesk.open({ ...wish, source: sourceOf(caller, wish.source), origin });
  };
  return {
    'calls.place': ({ text, lineId }, asker) => {
      if (lineId !== null && !services.lines.find(lineId)) throw new OffhookError('line.unknown');
      return open(asker, { source: 'command-line', text, origin: null, lineId });
    },
    'dial.open': ({ source, text, origin }, asker) => open(asker, { source, text, origin }),
    'numbers.find': ({ text }) => ({ numbers: placeNumbers(text, services.numberRules()) }),
    'pairing.begin': ({ name, scopes }, asker) => pairing.begin(name, scopes, asker.from),
    'pairing.await': ({ pairingId }) => pairing.await(pairingId),
  } satisfies Partial<OperationHandlers>;
}
