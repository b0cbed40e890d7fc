import type { PeopleImage } from '../matching/people-image.ts';

/**
 * `load`: as the last merging left them, which is quick. `merge`: merged anew. `mend`: as `merge`, but where that gives
 * what was there already no image is made: for the start, in case the program ended before all was written.
 */
export type BuildingMode = 'load' | 'merge' | 'mend';

/** Makes images of everybody in the database. One at a time. */
export interface PeopleBuilder {
  /**
   * Tells the image as soon as there is one. Resolves when what follows from it is written too, or was left to the next
   * time by `cut`, with how many rows were written. Rejects with a `storage.*` code.
   */
  build(mode: BuildingMode, onImage: (image: PeopleImage) => void): Promise<number>;
  /** Leaves what is still to be written to the next time. */
  cut(): void;
  /** Ends what is under way. */
  stop(): Promise<void>;
}
