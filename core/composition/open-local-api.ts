import path from 'node:path';
import type { DialDesk } from '#core/office/links/index.ts';
import {
  ApiServer,
  AuditTrail,
  CallerLimits,
  EventHub,
  LocalCertificates,
  newToken,
  operationHandlers,
  ownProgram,
  PairedPrograms,
  PairingDesk,
  PaneFiles,
  SecurePort,
  ServedLocalApi,
  tellListeners,
  tokenReader,
  toApiCalls,
  type LocalApi,
} from '#core/office/local-api/index.ts';
import { SqliteProgramStore } from '#core/office/local-api/sqlite-program-store.ts';
import { isOwnPeer } from '#core/network/index.ts';
import { FileJsonDocument } from '#core/settings/file-json-document.ts';
import { certificateTrust } from './certificate-trust.ts';
import type { OfficeOptions, OfficePart } from './office-options.ts';

export interface OpenedLocalApi extends OfficePart {
  localApi: LocalApi;
}

/** The API for other programs on this computer. Where the shell tells nobody of it, it does not listen. */
export function openLocalApi(options: OfficeOptions & { dialDesk: DialDesk }): OpenedLocalApi {
  const { clock, services, directory, archive, callLog, dialDesk, version, newId, settings, problems, database } =
    options;
  const logger = options.logger.child('local-api');
  const store = new SqliteProgramStore({ database });
  const programs = new PairedPrograms({ store, clock, logger });
  const pairing = new PairingDesk({ programs, clock, newId });
  const audit = new AuditTrail({ store, clock, logger });
  const hub = new EventHub(clock);
  const secret = newToken();
  const handlers = operationHandlers({
    ...{ version, services, dialDesk, directory, archive, pairing },
    showCard: (card) => localApi.showCard(card),
  });
  const server = new ApiServer({
    ...{ version, handlers, audit, hub, logger, numberRules: services.numberRules },
    limits: new CallerLimits(clock),
    identify: tokenReader(secret, ownProgram, (token) => programs.identify(token)),
    isOpen: () => settings.values.localApi === 'on',
    isSameUser: isOwnPeer,
    callsNow: () => ({ calls: toApiCalls(services.calls.snapshots()) }),
  });
  const certificates = new LocalCertificates({
    document: new FileJsonDocument({ file: path.join(options.dataDirectory, 'local-certificate.json'), clock }),
    ...{ secrets: options.secrets, trust: certificateTrust(), clock, logger },
  });
  const folder = options.paneDirectory ?? null;
  const pane = folder === null ? null : new PaneFiles(folder);
  const secure = new SecurePort({ server, certificates, pane, clock, logger });
  const localApi = new ServedLocalApi({
    ...{ secure, certificates, dialDesk },
    ...{ server, hub, programs, pairing, audit, settings, problems, secret, clock, logger },
    forcedPort: options.localApi?.port ?? null,
  });
  const telling = tellListeners({ hub, services, callLog, archive, directory });
  localApi.onAccess((access) => options.localApi?.onAccess(access));
  return {
    localApi,
    async start() {
      if (!options.localApi) return;
      await localApi.start();
      await localApi.load();
    },
    reload: () => localApi.reload(),
    async stop() {
      telling.dispose();
      await localApi.stop();
      programs.dispose();
      audit.dispose();
    },
  };
}
