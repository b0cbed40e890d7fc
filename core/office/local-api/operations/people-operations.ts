import { OffhookError } from '#contract/errors.ts';
import type { ListedPerson } from '#contract/ipc/index.ts';
import type { ApiPerson } from '#contract/local-api/index.ts';
import { toApiPerson, toListedApiPerson } from '../api-model.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

/** More than these are no match, but a number that nobody should go by. */
const mostMatches = 10;

export function peopleOperations({ directory, showCard }: OperationServices) {
  const withNumbers = async (listed: ListedPerson): Promise<Omit<ApiPerson, 'emails'>> => {
    if (listed.numberCount <= 1) return toListedApiPerson(listed);
    const person = await directory.get(listed.id);
    return person ? toApiPerson(person) : toListedApiPerson(listed);
  };
  return {
    'people.lookUp': async ({ number }) => {
      const found = directory.match(number).slice(0, mostMatches);
      const matches = found.map(async ({ confidence, person }) => ({ confidence, person: await withNumbers(person) }));
      return { matches: await Promise.all(matches) };
    },
    'people.search': async ({ text, offset, limit }) => {
      const { total, rows } = await directory.list({ text, directoryId: null, offset, limit });
      return { total, people: await Promise.all(rows.map(withNumbers)) };
    },
    'people.get': async ({ personId }) => {
      const person = await directory.get(personId);
      if (!person) throw new OffhookError('people.unknown');
      return { person: toApiPerson(person) };
    },
    'people.showCard': async (asked) => {
      const { number = null, personId = null } = asked as { number?: string; personId?: string };
      if (personId !== null && !(await directory.get(personId))) throw new OffhookError('people.unknown');
      showCard({ number, personId });
      return {};
    },
  } satisfies Partial<OperationHandlers>;
}
