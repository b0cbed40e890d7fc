import type { PeopleImage } from './people-image.ts';

const nobody = (): never => {
  throw new RangeError('there is nobody');
};

/** Nobody: until the first image is there. */
export const noPeopleImage: PeopleImage = {
  version: 0,
  total: 0,
  match: () => [],
  find: () => null,
  listed: nobody,
  numbers: nobody,
  list: () => ({ total: 0, places: [] }),
};
