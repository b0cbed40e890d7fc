import type { FoundPeople, PeopleQuery, PeopleSearch } from './people-search.ts';
import type { PeopleImage } from './people-image.ts';

/** Looks through all names and firms of an image in this thread: for tests. */
export class MemoryPeopleSearch implements PeopleSearch {
  private image: PeopleImage | null = null;

  use(image: PeopleImage): void {
    this.image = image;
  }

  async close(): Promise<void> {}

  async find({ text, directoryId, offset, limit }: PeopleQuery): Promise<FoundPeople> {
    const { image } = this;
    if (!image) return { version: 0, total: 0, places: [] };
    const words = text.toLocaleLowerCase('ru').replaceAll('ё', 'е').split(/\s+/).filter(Boolean);
    const { places } = image.list(0, image.total, directoryId);
    const found = places.filter((place) => {
      const { name, firm } = image.listed(place);
      const own = `${name} ${firm}`.toLocaleLowerCase('ru').replaceAll('ё', 'е');
      return words.every((word) => own.includes(word));
    });
    return { version: image.version, total: found.length, places: found.slice(offset, offset + limit) };
  }
}
