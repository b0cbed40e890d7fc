import { OffhookError } from '#contract/errors.ts';
import type { DialOutcome, DialSource } from '#contract/ipc/index.ts';
import { showLine } from '#core/foundation/index.ts';
import { dialOriginOf, type ApiCaller, type Asker } from '../api-caller.ts';
import { placeNumbers } from '../place-numbers.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

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
  const open = (asker: Asker, claimed: DialSource, text: string, lineId: string | null = null): DialOutcome => {
    if (!asker.caller) throw new OffhookError('program.not-paired');
    const wish = { source: sourceOf(asker.caller, claimed), text, origin: dialOriginOf(asker.caller) };
    return dialDesk.open(lineId === null ? wish : { ...wish, lineId });
  };
  return {
    'calls.place': ({ text, lineId }, asker) => {
      if (lineId !== null && !services.lines.find(lineId)) throw new OffhookError('line.unknown');
      return open(asker, 'command-line', oneLine(text), lineId);
    },
    'dial.open': ({ source, text }, asker) => open(asker, source, source === 'link' ? oneLine(text) : text),
    'numbers.find': async ({ text }) => ({ numbers: await placeNumbers(text, services.numberRules()) }),
    'pairing.begin': ({ name, scopes }, asker) => pairing.begin(name, scopes, asker.from),
    'pairing.await': ({ pairingId }) => pairing.await(pairingId),
  } satisfies Partial<OperationHandlers>;
}
