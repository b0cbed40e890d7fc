import path from 'node:path';
import { z } from 'zod';
import { systemClock, type Clock } from '#core/foundation/clock.ts';
import type { LinkRegistration } from '#core/office/links/index.ts';
import type { CertificateTrust } from '#core/office/local-api/certificate/certificate-trust.ts';
import type { JsonDocument } from '#core/settings/index.ts';
import { FileJsonDocument } from '#core/settings/file-json-document.ts';
import { certificateTrust } from './certificate-trust.ts';
import { openLinkRegistration } from './open-link-registration.ts';

export interface SystemTraces {
  /** False where nothing was there. Rejects where it stays, and can be tried again then. */
  removeLinks(): Promise<boolean>;
  removeCertificate(): Promise<boolean>;
}

interface Places {
  links: LinkRegistration;
  trust: CertificateTrust;
  document: JsonDocument;
}

const kept = z.object({ authority: z.string() });

/** What the user let Offhook set up outside its own folders, for when it leaves the computer; no agent runs then. */
export function systemTracesIn({ links, trust, document }: Places): SystemTraces {
  return {
    async removeLinks() {
      const { supported, schemes } = await links.status();
      if (supported) await links.register(false);
      return schemes.some(({ ours }) => ours);
    },
    async removeCertificate() {
      const found = kept.safeParse(document.value);
      if (!found.success) return false;
      const { authority } = found.data;
      const wasTrusted = await trust.has(authority);
      await trust.remove(authority);
      await document.write({});
      return wasTrusted;
    },
  };
}

/** @param linkCommand what links were registered with */
export function systemTraces(
  linkCommand: readonly string[],
  dataDirectory: string,
  clock: Clock = systemClock,
): SystemTraces {
  return systemTracesIn({
    links: openLinkRegistration(linkCommand, dataDirectory, clock),
    trust: certificateTrust(),
    document: new FileJsonDocument({ file: path.join(dataDirectory, 'local-certificate.json'), clock }),
  });
}
