import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { OffhookError } from '#contract/errors.ts';
import { operations, type ApiEventData, type OperationName } from '#contract/local-api/index.ts';
import type { NumberRules } from '#core/contacts/index.ts';
import type { Logger } from '#core/foundation/index.ts';
import type { ApiCaller, Asker } from './api-caller.ts';
import { failureOf, secondsToWait } from './api-failure.ts';
import { pathOf, refuseStranger, type OwnNames } from './api-guard.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { CallerLimits } from './caller-limits.ts';
import type { EventHub } from './event-hub.ts';
import { socketListener, streamListener } from './event-listeners.ts';
import type { ApiRoutes } from './fastify-api-routes.ts';
import type { LoopbackHandlers } from './loopback-listener.ts';
import { openApiDocument } from './open-api-document.ts';
import type { OperationHandlers } from './operations/index.ts';
import { checkScope, runOperation, type Given } from './run-operation.ts';
import { setApiHeaders } from './security-headers.ts';
import { bearerOf, tokenProtocol } from './sent-token.ts';

export interface ApiServerOptions {
  version: string;
  handlers: OperationHandlers;
  limits: CallerLimits;
  audit: AuditTrail;
  hub: EventHub;
  /** Whose token that is; null for nobody's. */
  identify(token: string): ApiCaller | null;
  /** Whether others than Offhook's own programs get anything. */
  isOpen(): boolean;
  /** Whether the other end belongs to the user whose agent this is. */
  isSameUser(socket: Socket): Promise<boolean>;
  callsNow(): ApiEventData<'calls.snapshot'>;
  numberRules: () => NumberRules;
  logger: Logger;
}

const eventsPath = '/v1/events';

/** What a request is let in by; the same for every listener, plain or secure. */
export class ApiServer {
  private readonly options: ApiServerOptions;
  private readonly askers = new WeakMap<IncomingMessage, Asker>();
  /** By connection, so that the system is asked once for each. */
  private readonly sameUser = new WeakMap<Socket, Promise<boolean>>();
  private readonly sockets: WebSocketServer;
  private routes: Promise<ApiRoutes> | null = null;

  constructor(options: ApiServerOptions) {
    this.options = options;
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: 4096,
      perMessageDeflate: false,
      // A browser wants one of those that it offered to come back; the one with the token only where there is no other.
      handleProtocols: (offered) => (offered.has('offhook') ? 'offhook' : ([...offered][0] ?? false)),
    });
  }

  /** For a listener that calls itself so, and maybe answers other paths itself. */
  handlersFor(names: OwnNames): LoopbackHandlers {
    return {
      request: (request, response) => {
        setApiHeaders(response);
        this.serve(request, response, names).catch((error: unknown) => this.fail(response, error));
      },
      upgrade: (request, socket, head) => {
        socket.on('error', (error) => this.options.logger.debug('a listener broke off', { error: error.message }));
        this.upgrade(request, socket, head, names).catch((error: unknown) => this.failUpgrade(socket, error));
      },
    };
  }

  /** Loads what the first request would wait for: while a call is up, that is too long a turn of the loop. */
  async prepare(): Promise<void> {
    await this.loaded();
  }

  async close(): Promise<void> {
    this.options.hub.close();
    this.sockets.close();
    const routes = this.routes;
    this.routes = null;
    await (await routes)?.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse, names: OwnNames): Promise<void> {
    const asker = await this.admit(request, names, bearerOf(request));
    if (pathOf(request.url ?? '') === eventsPath && request.method === 'GET') return this.stream(response, asker);
    this.askers.set(request, asker);
    const routes = await this.loaded();
    routes.handle(request, response);
  }

  /** @throws OffhookError `program.refused`, `program.invalid`, `program.not-paired`, `program.too-fast` */
  private async admit(request: IncomingMessage, names: OwnNames, token: string | null): Promise<Asker> {
    const refusal = refuseStranger(request, names);
    if (refusal) {
      this.noteRefusal(refusal.why, refusal.subject);
      throw new OffhookError(refusal.status === 403 ? 'program.refused' : 'program.invalid', { detail: refusal.why });
    }
    if (!(await this.isSameUser(request.socket))) {
      this.noteRefusal('another system user', '');
      throw new OffhookError('program.refused', { detail: 'another system user' });
    }
    const { remoteAddress, remotePort } = request.socket;
    const from = request.headers.origin ?? `${remoteAddress}:${remotePort}`;
    const caller = token === null ? null : this.options.identify(token);
    if (!this.options.isOpen() && caller?.programId !== null) throw new OffhookError('local-api.not-running');
    if (token === null || caller) return { caller, from };
    this.noteRefusal('wrong token', '');
    this.options.limits.guessed();
    throw new OffhookError('program.not-paired', { detail: 'wrong token' });
  }

  private isSameUser(socket: Socket): Promise<boolean> {
    const known = this.sameUser.get(socket);
    if (known) return known;
    const asked = this.options.isSameUser(socket);
    this.sameUser.set(socket, asked);
    return asked;
  }

  /** Who may hear of something may listen. @throws OffhookError `program.not-paired`, `program.too-many` */
  private listener({ caller }: Asker): ApiCaller {
    if (!caller) {
      this.noteRefusal('no token', 'events');
      throw new OffhookError('program.not-paired');
    }
    if (!this.options.hub.hasRoom(caller.programId)) throw new OffhookError('program.too-many');
    return caller;
  }

  private stream(response: ServerResponse, asker: Asker): void {
    const caller = this.listener(asker);
    // Whoever left while it was found out who it is takes no place: nothing would say any more that it has gone.
    if (response.destroyed) return;
    const listening = this.options.hub.add(streamListener(response, caller), this.options.callsNow());
    response.on('close', () => listening.dispose());
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, names: OwnNames): Promise<void> {
    const asker = await this.admit(request, names, bearerOf(request) ?? tokenProtocol(request));
    if (pathOf(request.url ?? '') !== eventsPath)
      throw new OffhookError('program.invalid', { detail: 'no such operation' });
    const caller = this.listener(asker);
    this.sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', (error) =>
        this.options.logger.debug('a listener broke the protocol', { error: error.message }),
      );
      const listening = this.options.hub.add(socketListener(client, caller), this.options.callsNow());
      client.on('close', () => listening.dispose());
    });
  }

  /** Fastify costs memory: it is loaded when somebody asks. */
  private loaded(): Promise<ApiRoutes> {
    this.routes ??= this.load();
    return this.routes;
  }

  private async load(): Promise<ApiRoutes> {
    const { openFastifyApiRoutes } = await import('./fastify-api-routes.ts');
    const { logger, version } = this.options;
    let document: string | null = null;
    return await openFastifyApiRoutes({
      askerOf: (request) => this.askers.get(request) ?? { caller: null, from: '' },
      admit: (name, asker) => this.checkScope(name, asker),
      run: (name: OperationName, given: Given, asker: Asker) => runOperation(name, given, asker, this.options),
      // Anybody on this computer may ask for it, as often as they like.
      document: () => (document ??= JSON.stringify(openApiDocument(version, '/'))),
      onBug: (error) => logger.error('an operation failed', { error }),
    });
  }

  private checkScope(name: OperationName, asker: Asker): void {
    try {
      checkScope(name, asker);
    } catch (error) {
      const { caller } = asker;
      const { scope } = operations[name];
      if (!caller) this.noteRefusal('no token', name);
      else
        this.options.audit.note({
          ...{ programId: caller.programId, programName: caller.name, action: name },
          ...{ subject: scope ?? '', outcome: 'refused' },
        });
      throw error;
    }
  }

  private noteRefusal(action: string, subject: string): void {
    const isNew = this.options.audit.note({ programId: null, programName: '', action, subject, outcome: 'refused' });
    // A page that asks a thousand times a second shall not fill the log.
    if (isNew) this.options.logger.warn('a request was refused', { why: action });
  }

  private fail(response: ServerResponse, error: unknown): void {
    const { status, body } = failureOf(error);
    if (body.error.code === 'internal.bug') this.options.logger.error('a request failed', { error });
    if (response.headersSent) return void response.destroy();
    const seconds = secondsToWait(body.error);
    if (seconds !== null) response.setHeader('Retry-After', seconds);
    // What is left of its body is not waited for.
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' });
    response.end(JSON.stringify(body));
  }

  private failUpgrade(socket: Duplex, error: unknown): void {
    const { status, body } = failureOf(error);
    if (body.error.code === 'internal.bug') this.options.logger.error('a listener could not be let in', { error });
    const text = JSON.stringify(body);
    const head = [
      `HTTP/1.1 ${status} Refused`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Connection: close',
    ];
    // Whoever does not hang up is not waited for.
    socket.once('finish', () => socket.destroy());
    socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  }
}
