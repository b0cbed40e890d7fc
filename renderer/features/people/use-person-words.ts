import { useI18n } from 'vue-i18n';
import type { ListedPerson, MatchConfidence, MergeReason, PersonDetail, PersonNumber } from '#contract/ipc/index.ts';
import { useParty } from '#renderer/features/call/use-party.ts';
import { numberLabels } from './contact-draft.ts';

type SaidNumber = Pick<PersonNumber, 'display' | 'dial' | 'extension'>;

const knownFields = ['address', 'birthday', 'categories'];

/** People, numbers and reasons as words, cleaned of what could deceive. */
export function usePersonWords() {
  const { t } = useI18n();
  const party = useParty();
  const { clean } = party;
  const joined = (...parts: string[]) => parts.map(clean).filter(Boolean).join(' · ');

  function number({ display, dial, extension }: SaidNumber): string {
    return party.number({ name: null, display: display || dial, extension, withheld: false });
  }

  const name = (person: Pick<ListedPerson, 'name' | 'firm'> & { number?: SaidNumber | null }) =>
    clean(person.name) ||
    clean(person.firm) ||
    (person.number ? number(person.number) : '') ||
    t('person.nameless.label');

  /** Firm and role, and the department where it is given; without what the name says already. */
  function about(person: Pick<ListedPerson, 'name' | 'firm' | 'role'> & { department?: string }): string {
    const firm = person.name ? person.firm : '';
    return joined(firm, person.role, person.department ?? '');
  }

  /** `mobile` and the like in the window's language; any other word is the source's own. */
  function label(word: string): string {
    const known = numberLabels.some((one) => one === word);
    return known ? t(`person.number.${word}`) : clean(word) || t('person.number.plain');
  }

  /** Names that sources give in one language are said in the window's; any other is the source's own. */
  function field(name: string): string {
    return knownFields.includes(name) ? t(`person.field.${name}`) : clean(name);
  }

  /** Empty for a match that is as sure as can be. */
  function confidence(how: MatchConfidence): string {
    return how === 'likely' || how === 'possible' ? t(`person.confidence.${how}`) : '';
  }

  /** Why the entry belongs to this person: what it shares, and with which other entry. */
  function reason({ rule, value, handles }: MergeReason, handle: string, person: PersonDetail): string {
    const other = person.entries.find((entry) => entry.handle === (handles[0] === handle ? handles[1] : handles[0]));
    const shared = person.numbers.find(({ partyKey }) => partyKey === value);
    // A number stays in one line.
    const whole = shared ? number(shared).replaceAll(' ', '\u00a0') : clean(value);
    const values = { value: whole, other: clean(other?.directoryLabel ?? '') };
    return t(`person.reason.${rule}`, values);
  }

  return { name, about, number, label, field, confidence, reason, clean, lines: party.lines };
}
