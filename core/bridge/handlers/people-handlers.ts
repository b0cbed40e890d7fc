import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

const done = async (work: Promise<unknown>) => {
  await work;
  return {};
};

export function peopleHandlers({ people, directory, cards, openEntry, createIn }: HandlerDependencies) {
  return {
    'people.name': ({ partyKey, name }) => people.name(partyKey, name),
    'people.forget': ({ partyKey }) => done(people.forget(partyKey)),
    'people.favourites': () => people.favourites(),
    'people.setFavourite': ({ favourite, ...party }) => done(people.setFavourite(party, favourite)),
    'people.sortFavourites': ({ partyKeys }) => done(people.sortFavourites(partyKeys)),
    'people.list': (query) => directory.list(query),
    'people.get': ({ personId }) => directory.get(personId),
    'people.photo': async ({ photo }) => {
      const found = await directory.photo(photo);
      return found && { type: found.type, data: Buffer.from(found.bytes).toString('base64') };
    },
    'people.card': (asked) => cards.compose(asked),
    'people.choose': ({ partyKey, personId }) => done(directory.choose(partyKey, personId)),
    'people.save': ({ handle, contact }) => directory.save(handle, contact),
    'people.createIn': (asked) => createIn(asked),
    'people.own': ({ handle }) => directory.own(handle),
    'people.remove': ({ handle }) => done(directory.remove(handle)),
    'people.merge': ({ personIds }) => directory.merge(personIds),
    'people.separate': ({ handle }) => directory.separate(handle),
    'people.pins': () => directory.pins(),
    'people.unpin': ({ pinIds }) => done(directory.unpin(pinIds)),
    'people.open': ({ handle }) => openEntry(handle),
  } satisfies Partial<CommandHandlers>;
}
