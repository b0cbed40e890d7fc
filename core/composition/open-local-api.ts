import { Emitter } from '#core/foundation/index.ts';
import type { DialDesk } from '#core/office/links/index.ts';
import type { LocalApi } from '#core/office/local-api/index.ts';
import { notYet } from './not-yet.ts';
import { idlePart, type OfficeOptions, type OfficePart } from './office-options.ts';

export interface OpenedLocalApi extends OfficePart {
  localApi: LocalApi;
}

export function openLocalApi(_options: OfficeOptions & { dialDesk: DialDesk }): OpenedLocalApi {
  return {
    ...idlePart,
    localApi: {
      status: () => ({
        enabled: false,
        port: null,
        securePort: null,
        problem: null,
        certificate: 'none',
        certificateUntil: null,
        canTrust: false,
      }),
      programs: () => [],
      requests: () => [],
      approve: notYet,
      refuse: () => undefined,
      revoke: notYet,
      audit: async () => [],
      trustCertificate: notYet,
      removeCertificate: notYet,
      access: null,
      onAccess: new Emitter<never>().event,
      onStatus: new Emitter<never>().event,
      onPrograms: new Emitter<never>().event,
      onShowCard: new Emitter<never>().event,
    },
  };
}
