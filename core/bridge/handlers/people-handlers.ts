import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function peopleHandlers({ people }: HandlerDependencies) {
  return {
    'people.name': ({ partyKey, name }) => people.name(partyKey, name),
    'people.forget': async ({ partyKey }) => {
      await people.forget(partyKey);
      return {};
    },
    'people.favourites': () => people.favourites(),
    'people.setFavourite': async ({ favourite, ...party }) => {
      await people.setFavourite(party, favourite);
      return {};
    },
    'people.sortFavourites': async ({ partyKeys }) => {
      await people.sortFavourites(partyKeys);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}
