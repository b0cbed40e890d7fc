import type { CallState, Disposition, DialSource } from '#contract/ipc/index.ts';
import type { ApiLine, ApiMatch } from '#contract/local-api/index.ts';

export type CommandName =
  | 'dial'
  | 'open'
  | 'answer'
  | 'hangup'
  | 'hold'
  | 'unhold'
  | 'swap'
  | 'transfer'
  | 'digits'
  | 'calls'
  | 'lookup'
  | 'status'
  | 'listen'
  | 'native-host'
  | 'clean-up';

export type CallAct = 'answer' | 'hangup' | 'hold' | 'unhold' | 'transfer' | 'digits';

/** Everything that the command line says, in one language. Failures with a code have the window's sentences. */
export interface Words {
  usage: string;
  /** What each command does, in half a line. */
  summaries: Record<CommandName, string>;
  /** Below the usage line of a command's own help. */
  help: Record<CommandName, string>;
  overview: { commands: string; options: string; more: string };
  options: Record<
    'json' | 'line' | 'selection' | 'wait' | 'all' | 'lang' | 'noStart' | 'help' | 'version' | 'install' | 'remove',
    string
  >;
  /** What stands for a value in a usage line. */
  command: string;
  number: string;
  call: string;
  digits: string;
  link: string;

  unknownCommand(name: string): string;
  unknownOption(name: string): string;
  optionNeedsValue(name: string): string;
  optionTakesNoValue(name: string): string;
  notForTogether(one: string, other: string): string;
  missing(what: string): string;
  tooMany(word: string): string;
  unknownLanguage(text: string): string;
  seeHelp(command: string): string;

  notRunning: string;
  starting: string;
  startFailed(code: number): string;
  startTimedOut(seconds: number): string;
  cannotStart: string;
  apiIsOff: string;
  gone: string;
  waitingForLine: string;
  lineNotReady(label: string, registration: ApiLine['registration']): string;
  noLine: string;
  noSuchLine(text: string, known: readonly string[]): string;
  ambiguousLine(text: string): string;

  dialling(text: string): string;
  asked(source: DialSource): string;
  noSelection: string;
  selectionNotHere: string;
  noCallFor: Record<CallAct, string>;
  noSuchCall(text: string): string;
  ambiguousCall(text: string): string;
  /** `who` is the far end. */
  acted: Record<CallAct, (who: string) => string>;
  hungUpAll(count: number): string;
  swapped: string;
  chosenOf(count: number): string;
  digitsInvalid: string;
  noCalls: string;
  withheld: string;
  states: Record<CallState, string>;
  answeredByThem: string;
  over(duration: string): string;
  endings: Record<Disposition, string>;
  directions: Record<'incoming' | 'outgoing', string>;
  nobody(number: string): string;
  doubts: Record<ApiMatch['confidence'], string>;
  status(version: string, calls: number): string;
  registrations: Record<ApiLine['registration'], string>;
  defaultLine: string;
  connectionLost(seconds: number): string;
  connectedAgain: string;
  noBrowser: string;
  hostInstalled(file: string): string;
  hostRemoved(file: string): string;
  hostNothingToRemove: string;
  quitFirst: string;
  nothingToCleanUp: string;
  takenBack: Record<'links' | 'certificate', string>;
  notTakenBack(reason: string): string;
  bug(text: string): string;
}
