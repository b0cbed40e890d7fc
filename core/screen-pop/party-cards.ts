import type { CallFilter, CommandArguments, LoggedCall, PartyCard, PersonDetail } from '#contract/ipc/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';
import { matchKey, type NumberRules, type PeopleDirectory, type PersonMatch } from '#core/contacts/index.ts';
import { fillPlaceholders } from './fill-placeholders.ts';

export interface PartyCardDependencies {
  directory: Pick<PeopleDirectory, 'match' | 'get'>;
  archive: Pick<CallArchive, 'query'>;
  numberRules: () => NumberRules;
  /** The office's own page about a party, as set at this moment; an empty address for none. */
  page: () => { label: string; address: string };
}

const mostMatches = 20;
const mostCalls = 5;
const mostFollowUps = 10;

/** What a card shows of a party beyond the glance that came with the call. Asks the disk: nothing waits for it. */
export class PartyCards {
  private readonly dependencies: PartyCardDependencies;

  constructor(dependencies: PartyCardDependencies) {
    this.dependencies = dependencies;
  }

  async compose(asked: CommandArguments<'people.card'>): Promise<PartyCard> {
    const { directory, numberRules } = this.dependencies;
    if ('personId' in asked) {
      const person = await directory.get(asked.personId);
      const matches: PartyCard['matches'] = person ? [{ confidence: 'certain', person }] : [];
      return this.complete(person?.number?.partyKey ?? null, matches, person && { personId: person.id });
    }
    const partyKey = 'partyKey' in asked ? asked.partyKey : (matchKey(asked.number, numberRules())?.key ?? null);
    const number = partyKey ?? ('number' in asked ? asked.number : '');
    const matches = await this.detailed(directory.match(number).slice(0, mostMatches));
    // With several people behind one number, whose calls they were is anybody's guess: the number's are shown.
    const [meant, ...others] = matches.filter(({ confidence }) => confidence !== 'possible');
    const only = meant && others.length === 0 ? { personId: meant.person.id } : null;
    return this.complete(partyKey, matches, only ?? (partyKey === null ? null : { partyKey }));
  }

  private async detailed(found: readonly PersonMatch[]): Promise<PartyCard['matches']> {
    const details = await Promise.all(found.map(({ person }) => this.dependencies.directory.get(person.id)));
    return found.flatMap(({ confidence }, index) => {
      const person = details[index];
      return person ? [{ confidence, person }] : [];
    });
  }

  private async complete(
    partyKey: string | null,
    matches: PartyCard['matches'],
    whose: CallFilter | null,
  ): Promise<PartyCard> {
    const [calls, followUps] = await Promise.all([
      this.calls(whose, mostCalls),
      this.calls(whose && { ...whose, followUp: true }, mostFollowUps),
    ]);
    const soonest = followUps.toSorted((a, b) => (a.annotation?.followUpAt ?? 0) - (b.annotation?.followUpAt ?? 0));
    return { partyKey, matches, calls, followUps: soonest, pages: this.pages(partyKey, matches[0]?.person ?? null) };
  }

  private async calls(filter: CallFilter | null, limit: number): Promise<LoggedCall[]> {
    if (!filter) return [];
    return (await this.dependencies.archive.query({ filter, after: null, limit })).calls;
  }

  private pages(partyKey: string | null, person: PersonDetail | null): PartyCard['pages'] {
    const { label, address } = this.dependencies.page();
    const url = fillPlaceholders(address, {
      number: partyKey ?? '',
      name: person?.name ?? '',
      firm: person?.firm ?? '',
    });
    return url === null ? [] : [{ label, url }];
  }
}
