import { OffhookError } from '#contract/errors.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { PeopleDirectory } from './people-directory.ts';

const refuse = async (): Promise<never> => {
  throw new OffhookError('people.unknown');
};

/** Nobody. */
export class NoPeopleDirectory implements PeopleDirectory {
  readonly version = 0;
  readonly onChanged = new Emitter<{ version: number; total: number }>().event;
  match = () => [];
  glance = () => null;
  list = async () => ({ total: 0, rows: [], version: 0 });
  get = async () => null;
  photo = async () => null;
  choose = refuse;
  save = refuse;
  own = async () => null;
  remove = refuse;
  merge = refuse;
  separate = refuse;
  pins = async () => [];
  unpin = refuse;
  target = async () => null;
}
