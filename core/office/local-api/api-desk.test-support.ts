import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { CommandArguments, DialOutcome } from '#contract/ipc/index.ts';
import type { SettingsPatch } from '#contract/settings.ts';
import { MemoryCallArchive } from '#core/call-log/memory-call-archive.ts';
import { MemoryCallLog } from '#core/call-log/memory-call-log.ts';
import { openDesk } from '#core/calls/call-desk.test-support.ts';
import { placeCall } from '#core/calls/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { Emitter, silentLogger, systemClock, type Logger } from '#core/foundation/index.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { MemoryJsonDocument } from '#core/settings/memory-json-document.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import type { DialDesk } from '../links/index.ts';
import { ownProgram } from './api-caller.ts';
import { toApiCalls } from './api-model.ts';
import { ApiServer } from './api-server.ts';
import { AuditTrail } from './audit-trail.ts';
import { CallerLimits } from './caller-limits.ts';
import { EventHub } from './event-hub.ts';
import { MemoryProgramStore } from './memory-program-store.ts';
import { operationHandlers } from './operations/index.ts';
import { PairedPrograms } from './paired-programs.ts';
import { LocalCertificates } from './certificate/local-certificates.ts';
import { MemoryCertificateTrust } from './certificate/memory-certificate-trust.ts';
import { PairingDesk } from './pairing-desk.ts';
import { PaneFiles } from './pane-files.ts';
import { SecurePort } from './secure-port.ts';
import { newToken, tokenReader } from './secret-token.ts';
import { ServedLocalApi } from './served-local-api.ts';
import { tellListeners } from './tell-listeners.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: Record<string, unknown>;
}

export interface AskOptions {
  method?: string;
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A running API of a phone of memory parts: calls go to a desk that dials at once for Offhook's own programs. */
export async function openApiDesk(
  given: {
    settings?: SettingsPatch;
    forcedPort?: number | null;
    paneDirectory?: string;
    directory?: Partial<PeopleDirectory>;
    logger?: Logger;
    /** False leaves it to the test. */
    start?: boolean;
  } = {},
) {
  const desk = await openDesk();
  const { services } = desk;
  // Sockets live in real time; what the phone does stands still.
  const clock = systemClock;
  const opened: CommandArguments<'dialRequests.open'>[] = [];
  const distrusted: string[] = [];
  const dialDesk = {
    open(asked): DialOutcome {
      opened.push(asked);
      if (asked.origin) return { callId: null, requestId: `request-${opened.length}` };
      return { callId: placeCall(services, asked.text, asked.lineId ?? null).id, requestId: null };
    },
    check: () => undefined,
    distrust: async (originId) => void distrusted.push(originId),
  } as Pick<DialDesk, 'open' | 'check' | 'distrust'> as DialDesk;
  const directory = {
    match: () => [],
    glance: () => null,
    list: async () => ({ total: 0, rows: [], version: 1 }),
    get: async () => null,
    ...given.directory,
  } as Partial<PeopleDirectory> as PeopleDirectory;
  const callLog = new MemoryCallLog();
  const archive = new MemoryCallArchive({ log: callLog, people: new MemoryKnownPeople(services.newId), clock });
  const { settings } = createMemoryStores({ localApi: 'on', ...given.settings });
  const store = new MemoryProgramStore();
  const logger = given.logger ?? silentLogger;
  const problems = new ProblemBoard(clock, logger);
  const programs = new PairedPrograms({ store, clock, logger });
  const pairing = new PairingDesk({ programs, clock, newId: services.newId });
  const audit = new AuditTrail({ store, clock, logger });
  const hub = new EventHub(clock);
  const secret = newToken();
  const shown = new Emitter<{ number: string | null; personId: string | null }>();
  const handlers = operationHandlers({
    ...{ version: '1.2.3', services, dialDesk, directory, archive, pairing },
    showCard: (card) => shown.fire(card),
  });
  const sameUser = { is: true, found: async (_socket: Socket): Promise<void> => undefined };
  const server = new ApiServer({
    ...{ version: '1.2.3', handlers, audit, hub, logger, numberRules: services.numberRules },
    limits: new CallerLimits(clock),
    identify: tokenReader(secret, ownProgram, (token) => programs.identify(token)),
    isOpen: () => settings.values.localApi === 'on',
    isSameUser: async (socket) => {
      await sameUser.found(socket);
      return sameUser.is;
    },
    callsNow: () => ({ calls: toApiCalls(services.calls.snapshots()) }),
  });
  const forcedPort = given.forcedPort === undefined ? 0 : given.forcedPort;
  const certificates = new LocalCertificates({
    ...{ document: new MemoryJsonDocument(), trust: new MemoryCertificateTrust(), clock, logger },
    secrets: createMemoryStores().secrets,
  });
  const pane = given.paneDirectory === undefined ? null : new PaneFiles(given.paneDirectory);
  const secure = new SecurePort({ server, certificates, pane, clock, logger });
  const api = new ServedLocalApi({
    server,
    secure,
    certificates,
    dialDesk,
    hub,
    programs,
    pairing,
    audit,
    settings,
    problems,
    secret,
    forcedPort,
    clock,
    logger,
  });
  const telling = tellListeners({ hub, services, callLog, archive, directory });
  if (given.start !== false) await api.start();

  const port = () => api.access?.port ?? 0;
  return {
    ...desk,
    ...{
      api,
      server,
      hub,
      programs,
      pairing,
      audit,
      store,
      problems,
      settings,
      secret,
      opened,
      distrusted,
      callLog,
      archive,
      sameUser,
    },
    onShown: shown.event,
    port,
    ask: (path: string, options: AskOptions = {}) => ask(port(), path, { token: secret, ...options }),
    /** Pairs a program as a user who says yes does. */
    async pair(name: string, scopes: Parameters<PairingDesk['begin']>[1]): Promise<{ id: string; token: string }> {
      const { pairingId } = pairing.begin(name, scopes, 'test');
      const { id } = await api.approve(pairing.requests().at(-1)!.id, scopes);
      return { id, token: (await pairing.await(pairingId)).token! };
    },
    async close() {
      telling.dispose();
      await api.stop();
      programs.dispose();
      audit.dispose();
      desk.calls.dispose();
      await desk.lines.stop();
    },
  };
}

export type ApiDesk = Awaited<ReturnType<typeof openApiDesk>>;

/** One request as a program sends it. */
export async function ask(
  port: number,
  path: string,
  { method = 'GET', token = null, body, headers = {} }: AskOptions = {},
): Promise<Answer> {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const sent = request({
    ...{ host: '127.0.0.1', port, path, method, agent: false },
    headers: {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(text === null
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
      ...headers,
    },
  });
  sent.end(text ?? undefined);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  let answer = '';
  for await (const chunk of response.setEncoding('utf8')) answer += chunk;
  const isJson = response.headers['content-type']?.startsWith('application/json');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: answer,
    json: isJson && answer !== '' ? JSON.parse(answer) : {},
  };
}
