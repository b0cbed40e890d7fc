import type { ListedPerson } from '#contract/ipc/index.ts';
import type { PeopleQuery, PeopleSearch } from '../matching/people-search.ts';
import type { PeopleView } from './people-view.ts';

/** An image may be replaced while it is searched. */
const attempts = 3;

/** A stretch of the list: of all by name, or of those whom the text finds, the best first. */
export async function searchPeople(
  view: Pick<PeopleView, 'image' | 'renamed'>,
  search: PeopleSearch,
  query: PeopleQuery,
): Promise<{ total: number; persons: ListedPerson[] }> {
  const { text, offset, limit, directoryId } = query;
  const listed = (places: readonly number[]) => places.map((place) => view.renamed(view.image.listed(place)));
  if (text.trim() === '') {
    const { total, places } = view.image.list(offset, limit, directoryId);
    return { total, persons: listed(places) };
  }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { version, total, places } = await search.find(query);
    if (version === view.image.version) return { total, persons: listed(places) };
  }
  return { total: 0, persons: [] };
}
