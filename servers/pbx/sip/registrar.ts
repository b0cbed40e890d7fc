import type { Clock, Logger } from '#core/foundation/index.ts';
import { headerValue, headerValues, splitList, type SipMessage } from '#core/sip/messages/sip-message.ts';
import type { Authenticator } from './authenticator.ts';
import type { Locations } from './locations.ts';
import { parseNameAddress, parseUri, type NameAddress } from './name-address.ts';
import type { ServerRequest } from './server-request.ts';

const defaultExpires = 600;
const maximumContacts = 5;

interface Wish {
  contact: NameAddress;
  /** s */
  expires: number;
}

/** REGISTER (RFC 3261 10.3), with the connection itself as the way back (RFC 5626). */
export class Registrar {
  private readonly authenticator: Authenticator;
  private readonly locations: Locations;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly isOwnDomain: (host: string) => boolean;
  private readonly limits: { minimum: number; maximum: number };

  constructor(options: {
    authenticator: Authenticator;
    locations: Locations;
    clock: Clock;
    logger: Logger;
    isOwnDomain: (host: string) => boolean;
    /** s */
    limits: { minimum: number; maximum: number };
  }) {
    this.authenticator = options.authenticator;
    this.locations = options.locations;
    this.clock = options.clock;
    this.logger = options.logger.child('registrar');
    this.isOwnDomain = options.isOwnDomain;
    this.limits = options.limits;
  }

  register(request: ServerRequest): void {
    const { message } = request;
    if (!this.isOwnDomain(parseUri(message.requestUri)?.host ?? '')) return void request.respond(403, 'Not Our Domain');
    const { user } = this.authenticator.authenticate(request, 401);
    if (user === null) return;
    const to = parseNameAddress(headerValue(message, 'to')!);
    if (parseUri(to?.uri ?? '')?.user !== user) return void request.respond(403, 'Forbidden');
    const wishes = readContacts(message);
    if (typeof wishes === 'string' && wishes !== '*') return void request.respond(400, 'Bad Request', { headers: [['Warning', `399 offhook "${wishes}"`]] });
    if (wishes !== '*' && wishes.some(({ expires }) => expires > 0 && expires < this.limits.minimum))
      return void request.respond(423, 'Interval Too Brief', { headers: [['Min-Expires', String(this.limits.minimum)]] });
    if (!this.apply(request, user, wishes)) return void request.respond(500, 'Out Of Order');
    request.respond(200, 'OK', { headers: this.contactsOf(user) });
  }

  private apply(request: ServerRequest, extension: string, wishes: Wish[] | '*'): boolean {
    if (wishes === '*') {
      this.locations.remove(extension, null);
      return true;
    }
    const { message, flow } = request;
    return wishes.every(({ contact, expires }) => {
      if (expires === 0) {
        this.locations.remove(extension, contact.uri);
        return true;
      }
      const instance = contact.parameters.get('+sip.instance');
      const registered = this.locations.put({
        extension,
        contact: contact.uri,
        instance: instance ? `${instance} ${contact.parameters.get('reg-id') ?? ''}` : null,
        flow,
        callId: headerValue(message, 'call-id')!,
        sequence: Number.parseInt(headerValue(message, 'cseq')!, 10),
        expires: this.clock.monotonic() + Math.min(expires, this.limits.maximum) * 1000,
      });
      if (registered) this.logger.info('registered', { extension, protocol: flow.protocol });
      return registered;
    });
  }

  private contactsOf(extension: string): (readonly [string, string])[] {
    const now = this.clock.monotonic();
    return this.locations
      .of(extension)
      .map(({ contact, expires }) => ['Contact', `<${contact}>;expires=${Math.max(1, Math.round((expires - now) / 1000))}`] as const);
  }
}

/** What is asked for, `*` for everything to be forgotten, or what is wrong with it. */
function readContacts(message: SipMessage): Wish[] | '*' | 'contact *' | 'contact unreadable' | 'too many contacts' {
  const values = headerValues(message, 'contact').flatMap((value) => splitList(value));
  const general = readSeconds(headerValue(message, 'expires'));
  if (values.includes('*')) return values.length === 1 && general === 0 ? '*' : 'contact *';
  if (values.length > maximumContacts) return 'too many contacts';
  const wishes: Wish[] = [];
  for (const value of values) {
    const contact = parseNameAddress(value);
    if (!contact || !parseUri(contact.uri)) return 'contact unreadable';
    wishes.push({ contact, expires: readSeconds(contact.parameters.get('expires') ?? null) ?? general ?? defaultExpires });
  }
  return wishes;
}

function readSeconds(text: string | null): number | null {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
}
