import type { SipMessage } from '#core/sip/messages/sip-message.ts';
import type { SipFlow, SipMessagePort } from '#core/sip/transports/index.ts';
import { composeResponse, type Body, type HeaderList } from './compose-message.ts';

export interface ResponseOptions {
  headers?: HeaderList;
  body?: Body | null;
}

/** A request that came in and the way to answer it. After a final response further ones go nowhere. */
export class ServerRequest {
  readonly message: SipMessage;
  readonly flow: SipFlow;
  /** Ours, for the To of every response. */
  readonly tag: string;
  private readonly port: SipMessagePort;
  private final = false;

  constructor(options: { message: SipMessage; flow: SipFlow; tag: string; port: SipMessagePort }) {
    this.message = options.message;
    this.flow = options.flow;
    this.tag = options.tag;
    this.port = options.port;
  }

  get answered(): boolean {
    return this.final;
  }

  /** Sends the response; returns a function that sends the same one again, for a 2xx that waits for its ACK. */
  respond(status: number, reason: string, options: ResponseOptions = {}): () => void {
    if (this.final) return () => {};
    this.final = status >= 200;
    const tag = status === 100 ? null : this.tag;
    const response = composeResponse(this.message, status, reason, { ...options, tag });
    const flow = this.port.flowForResponse(response);
    if (!flow) return () => {};
    this.port.send(flow, response);
    return () => this.port.send(flow, { ...response, headers: response.headers.map((header) => ({ ...header })) });
  }
}
