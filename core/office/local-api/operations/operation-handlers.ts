import type { OperationArguments, OperationName, OperationResult } from '#contract/local-api/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';
import type { CallServices } from '#core/calls/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import type { DialDesk } from '#core/office/links/index.ts';
import type { Asker } from '../api-caller.ts';
import type { PairingDesk } from '../pairing-desk.ts';

/** What the operations of the API work with. */
export interface OperationServices {
  version: string;
  services: CallServices;
  dialDesk: DialDesk;
  directory: PeopleDirectory;
  archive: CallArchive;
  pairing: PairingDesk;
  showCard(card: { number: string | null; personId: string | null }): void;
}

/** What does each operation. The arguments are validated and the asker's scope is checked before. */
export type OperationHandlers = {
  [N in OperationName]: (
    given: OperationArguments<N>,
    asker: Asker,
  ) => OperationResult<N> | Promise<OperationResult<N>>;
};
