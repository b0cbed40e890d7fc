import { Emitter } from '#core/foundation/index.ts';
import type { SheetDesk } from '#core/office/sheets/index.ts';
import { notYet } from './not-yet.ts';
import { idlePart, type OfficeOptions, type OfficePart } from './office-options.ts';

export interface Sheets extends OfficePart {
  sheets: SheetDesk;
}

export function openSheets(_options: OfficeOptions): Sheets {
  return {
    ...idlePart,
    sheets: {
      list: () => [],
      page: notYet,
      setup: notYet,
      setUp: notYet,
      dial: notYet,
      walk: notYet,
      walking: () => null,
      call: notYet,
      next: notYet,
      skip: notYet,
      pause: notYet,
      stop: async () => undefined,
      record: notYet,
      conflicts: notYet,
      resolve: notYet,
      write: notYet,
      undo: notYet,
      links: notYet,
      onChanged: new Emitter<never>().event,
      onRows: new Emitter<never>().event,
      onWalk: new Emitter<never>().event,
    },
  };
}
