import type { ComparedName } from './read-name.ts';

/**
 * `same`: the same words in any order, of which the patronymic may be left out. `agree`: one is the other in short, by
 * initials or words left out, or is not there. `differ`: two people, two firms, or a firm and somebody.
 */
export type NameRelation = 'same' | 'agree' | 'differ';

/** The patronymic, or as much of it as is written. */
function middleOf({ patronymic, initials }: ComparedName): string | null {
  return patronymic ?? initials[1] ?? null;
}

function middlesAgree(one: string | null, other: string | null): boolean {
  return one === null || other === null || one.startsWith(other) || other.startsWith(one);
}

/** Whether every word and the first initial of the short name stand for something in the long one. */
function standsFor(short: ComparedName, long: ComparedName): boolean {
  const words = [...long.words];
  let [initial] = long.initials;
  for (const word of short.words) {
    const at = words.indexOf(word);
    if (at >= 0) words.splice(at, 1);
    else if (initial !== undefined && word.startsWith(initial)) initial = undefined;
    else return false;
  }
  const [given] = short.initials;
  if (given === undefined || given === initial || words.some((word) => word.startsWith(given))) return true;
  // «Ольга С.» is «Ольга Сергеевна» as well as «Ольга Соколова».
  return short.initials.length === 1 && long.patronymic !== null && long.patronymic.startsWith(given);
}

function personsAgree(one: ComparedName, other: ComparedName): boolean {
  if (!one.words.some((word) => other.words.includes(word))) return false;
  if (!middlesAgree(middleOf(one), middleOf(other))) return false;
  return standsFor(one, other) || standsFor(other, one);
}

/** The same whichever of the two comes first. */
export function compareNames(one: ComparedName, other: ComparedName): NameRelation {
  if (one.kind === 'none' || other.kind === 'none') return one.kind === other.kind ? 'same' : 'agree';
  if (one.key === other.key) return one.kind === other.kind ? 'same' : 'agree';
  if (one.kind === 'firm' || other.kind === 'firm' || !personsAgree(one, other)) return 'differ';
  return one.fullKey !== null && one.fullKey === other.fullKey ? 'same' : 'agree';
}
