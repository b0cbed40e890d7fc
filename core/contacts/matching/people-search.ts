import type { PersonPlace } from './people-image.ts';

export interface FoundPeople {
  /** Of the image that was searched. */
  version: number;
  total: number;
  /** The best first. */
  places: PersonPlace[];
}

export interface PeopleQuery {
  text: string;
  directoryId: string | null;
  offset: number;
  limit: number;
}

/** Finds people in the newest image, off the agent's loop. */
export interface PeopleSearch {
  find(query: PeopleQuery): Promise<FoundPeople>;
}
