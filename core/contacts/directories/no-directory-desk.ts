import { OffhookError } from '#contract/errors.ts';
import type { DirectoryStatus, EventPayload } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { DirectoryDesk } from './directory-desk.ts';

const refuse = async (): Promise<never> => {
  throw new OffhookError('directory.not-here');
};

/** No directories at all. */
export class NoDirectoryDesk implements DirectoryDesk {
  readonly onChanged = new Emitter<DirectoryStatus[]>().event;
  readonly onSignedIn = new Emitter<EventPayload<'directories.signedIn'>>().event;
  readonly onEntries = new Emitter<void>().event;
  list = () => [];
  preview = refuse;
  add = refuse;
  change = refuse;
  remove = refuse;
  sort = refuse;
  refresh = refuse;
  cancel = refuse;
  import = refuse;
  browse = refuse;
  signIn = refuse;
}
