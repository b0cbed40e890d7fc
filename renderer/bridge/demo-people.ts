import type { PersonLink } from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';

/** Names and favourites of the agent in memory. */
export class DemoPeople {
  private readonly bridge: DemoBridge;

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    bridge.answer('people.name', ({ partyKey, name }) => this.name(partyKey, { id: `person-${partyKey}`, name })!);
    bridge.answer('people.forget', ({ partyKey }) => {
      this.name(partyKey, null);
      return {};
    });
    bridge.answer('people.favourites', () => structuredClone(this.bridge.state.favourites));
    bridge.answer('people.setFavourite', ({ favourite, ...party }) => {
      const others = this.bridge.state.favourites.filter(({ partyKey }) => partyKey !== party.partyKey);
      return this.keep(favourite ? [...others, { ...party, name: this.nameOf(party.partyKey) }] : others);
    });
    bridge.answer('people.sortFavourites', ({ partyKeys }) =>
      this.keep(
        this.bridge.state.favourites.toSorted((a, b) => partyKeys.indexOf(a.partyKey) - partyKeys.indexOf(b.partyKey)),
      ),
    );
  }

  private nameOf(partyKey: string): string | null {
    const { records, added } = this.bridge.state;
    const record = records.find((one) => one.partyKey === partyKey);
    return record ? (added[record.id]?.person?.name ?? record.name) : null;
  }

  private name(partyKey: string, person: PersonLink | null): PersonLink | null {
    const { records, added } = this.bridge.state;
    for (const { id } of records.filter((record) => record.partyKey === partyKey)) added[id] = { ...added[id], person };
    this.bridge.emit('people.named', { partyKey, person });
    return person;
  }

  private keep(favourites: typeof this.bridge.state.favourites): Record<string, never> {
    this.bridge.state.favourites = favourites;
    this.bridge.emit('people.favouritesChanged', { favourites: structuredClone(favourites) });
    return {};
  }
}
