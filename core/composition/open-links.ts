import path from 'node:path';
import { CalledCountries, DialRequests, type DialDesk, type LinkRegistration } from '#core/office/links/index.ts';
import { DocumentTrustedPrograms } from '#core/office/links/document-trusted-programs.ts';
import { FileJsonDocument } from '#core/settings/file-json-document.ts';
import { openLinkRegistration } from './open-link-registration.ts';
import { idlePart, type OfficeOptions, type OfficePart } from './office-options.ts';

export interface Links extends OfficePart {
  dialDesk: DialDesk;
  links: LinkRegistration;
}

/** Calls that are looked through for the countries that this office calls. */
const rememberedCalls = 1_000;

export function openLinks(options: OfficeOptions): Links {
  const { services, settings, bridge, callLog, clock, logger } = options;
  const calledCountries = new CalledCountries(() => settings.values);
  const trustedPrograms = new DocumentTrustedPrograms(
    new FileJsonDocument({ file: path.join(options.dataDirectory, 'trusted-programs.json'), clock }),
  );
  services.calls.onAdded((call) => {
    if (call.direction === 'outgoing') calledCountries.note(call.snapshot().remote);
  });
  return {
    ...idlePart,
    dialDesk: new DialRequests({
      ...{ services, settings, trustedPrograms, calledCountries },
      redial: options.redial,
      directory: options.directory,
      showWindow: () => {
        if (bridge.clientCount === 0) options.openWindow?.();
      },
      logger: logger.child('links'),
    }),
    links: openLinkRegistration(options.linkCommand, options.dataDirectory, clock),
    async start() {
      // A log that cannot be read makes countries look new, no more.
      const calls = await callLog.list({ from: 0, to: clock.now(), limit: rememberedCalls }).catch(() => []);
      calledCountries.load(calls);
    },
  };
}
