import type { DialCandidate } from '#contract/ipc/index.ts';
import { dialPlan, dialText, type ParsedNumber, type PeopleDirectory } from '#core/contacts/index.ts';
import { judgeNumber, refusalOf, type NumberJudge } from './judge-number.ts';
import { unreadable } from './link-text.ts';

export interface CandidateMaker extends NumberJudge {
  directory: Pick<PeopleDirectory, 'match'>;
}

function nameOf(directory: CandidateMaker['directory'], number: ParsedNumber): string {
  const person = directory.match(number.number)[0]?.person;
  return person ? person.name || person.firm : '';
}

/**
 * One number with all that there is to say of it before it is dialled.
 * @param written as it stood where it comes from, safe to show
 * @throws OffhookError `dial.refused-unreadable` where it would be another number when dialled
 */
export function makeCandidate(number: ParsedNumber, written: string, maker: CandidateMaker): DialCandidate {
  const { settings, directory } = maker;
  const text = dialText(number.number, number.extension);
  const plan = dialPlan(text, settings);
  if (plan.kind !== number.kind || plan.e164 !== number.e164 || plan.extension !== number.extension)
    throw unreadable(written);
  const warnings = judgeNumber(number, maker);
  return {
    text,
    written: written === '' ? plan.display : written,
    display: plan.display,
    extension: plan.extension,
    rules: [...new Set([...number.rules, ...plan.rules])],
    emergency: plan.emergency,
    warnings,
    name: nameOf(directory, number),
    refusal: refusalOf(warnings, plan.display, settings),
  };
}
