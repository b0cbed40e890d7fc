import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Logger } from '#core/foundation/index.ts';
import { loopbackNames, refuseStranger, type OwnNames } from './api-guard.ts';
import type { ApiServer } from './api-server.ts';
import type { LocalCertificates } from './certificate/local-certificates.ts';
import { listenOnLoopback, type LoopbackHandlers, type LoopbackListener } from './loopback-listener.ts';
import type { PaneFiles } from './pane-files.ts';
import { setApiHeaders } from './security-headers.ts';

export interface SecurePortOptions {
  server: ApiServer;
  certificates: LocalCertificates;
  /** Null where this build has no pane. */
  pane: PaneFiles | null;
  clock: Clock;
  logger: Logger;
}

/** The same API over HTTPS for the pane in Office, which is served here as well; open while there is a certificate. */
export class SecurePort {
  private readonly options: SecurePortOptions;
  private listener: LoopbackListener | null = null;
  private shown: string | null = null;
  private wanted: number | null = null;

  constructor(options: SecurePortOptions) {
    this.options = options;
  }

  get port(): number | null {
    return this.listener?.port ?? null;
  }

  /** @param wanted port to listen at, another one where it is taken; null for not at all */
  async follow(wanted: number | null): Promise<void> {
    const { certificates, logger } = this.options;
    const { current } = certificates;
    const open = wanted !== null && current !== null;
    if (open && this.listener && this.shown === current.certificate && this.wanted === wanted) return;
    await this.listener?.close();
    this.listener = null;
    [this.shown, this.wanted] = [null, wanted];
    if (!open) return;
    try {
      const secure = { cert: current.certificate, key: current.key };
      this.listener = await this.tryPort(wanted, secure).catch((error: unknown) => {
        logger.info('the secure port is not free', { port: wanted, error });
        return this.tryPort(0, secure);
      });
      this.shown = current.certificate;
      logger.info('the local API listens over HTTPS', { port: this.listener.port });
    } catch (error) {
      logger.warn('no secure port', { error });
    }
  }

  private async tryPort(port: number, secure: { cert: string; key: string }): Promise<LoopbackListener> {
    const { clock, logger } = this.options;
    let handlers = this.handlersFor(port);
    const listener = await listenOnLoopback(
      port,
      { request: (...given) => handlers.request(...given), upgrade: (...given) => handlers.upgrade(...given) },
      { clock, logger, secure },
    );
    handlers = this.handlersFor(listener.port);
    return listener;
  }

  private handlersFor(port: number): LoopbackHandlers {
    const names = loopbackNames(port, [`https://localhost:${port}`]);
    const api = this.options.server.handlersFor(names);
    const { pane } = this.options;
    return {
      upgrade: (...given) => api.upgrade(...given),
      request: (request, response) => {
        if (pane?.serves(request.url ?? '')) this.answer(pane, request, response, { names, port });
        else api.request(request, response);
      },
    };
  }

  private answer(
    pane: PaneFiles,
    request: IncomingMessage,
    response: ServerResponse,
    { names, port }: { names: OwnNames; port: number },
  ): void {
    setApiHeaders(response);
    const refusal = refuseStranger(request, names);
    if (refusal) return void response.writeHead(refusal.status, { 'Content-Type': 'text/plain' }).end(refusal.why);
    pane.answer(request, response, port).catch((error: unknown) => {
      this.options.logger.error('the pane could not be served', { error });
      response.destroy();
    });
  }
}
