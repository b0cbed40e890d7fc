import { OffhookError } from '#contract/errors.ts';
import type { CommandArguments, DialOutcome, DialSource } from '#contract/ipc/index.ts';
import { showLine } from '#core/foundation/index.ts';
import { dialOriginOf, type ApiCaller, type Asker } from '../api-caller.ts';
import { placeNumbers } from '../place-numbers.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

type Wish = CommandArguments<'dialRequests.open'>;

/** A program that is paired is a program, whatever it says of itself: only Offhook's own know where a wish came from. */
function sourceOf(caller: ApiCaller, claimed: DialSource): DialSource {
  return caller.programId === null ? claimed : 'program';
}

/** What ends a line or a text, as it is or encoded: in one number there is no honest use for it. */
const breaking = /[\p{Cc}\u2028\u2029]|%(?:[01][0-9a-f]|7f)/iu;

/** @throws OffhookError `dial.refused-unreadable` for a number that brings lines of its own along */
function oneLine(text: string): string {
  const line = text.trim();
  if (breaking.test(line)) throw new OffhookError('dial.refused-unreadable', { values: { text: showLine(line, 80) } });
  return line;
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
      return open(asker, { source: 'command-line', text: oneLine(text), origin: null, lineId });
    },
    'dial.open': ({ source, text, origin }, asker) =>
      open(asker, { source, text: source === 'link' ? oneLine(text) : text, origin }),
    'numbers.find': async ({ text }) => ({ numbers: await placeNumbers(text, services.numberRules()) }),
    'pairing.begin': ({ name, scopes }, asker) => pairing.begin(name, scopes, asker.from),
    'pairing.await': ({ pairingId }) => pairing.await(pairingId),
  } satisfies Partial<OperationHandlers>;
}
