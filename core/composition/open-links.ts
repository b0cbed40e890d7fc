import { Emitter } from '#core/foundation/index.ts';
import type { DialDesk, LinkRegistration } from '#core/office/links/index.ts';
import { notYet } from './not-yet.ts';
import { idlePart, type OfficeOptions, type OfficePart } from './office-options.ts';

export interface Links extends OfficePart {
  dialDesk: DialDesk;
  links: LinkRegistration;
}

export function openLinks(_options: OfficeOptions): Links {
  return {
    ...idlePart,
    dialDesk: {
      list: () => [],
      open: notYet,
      dial: notYet,
      dismiss: () => undefined,
      trusted: () => [],
      distrust: async () => undefined,
      onChanged: new Emitter<never>().event,
    },
    links: { status: async () => ({ supported: false, schemes: [] }), register: notYet },
  };
}
