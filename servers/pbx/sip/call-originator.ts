import type { SocketAddress } from '#core/sip/transports/index.ts';
import { decide, type ExchangeState, type Plan, type RingTarget } from '#servers/pbx/plan/index.ts';
import type { Directory, UserMedia } from '#servers/pbx/directory/index.ts';
import type { PromptLibrary } from '#servers/pbx/media/prompt-library.ts';
import type { MediaSecurity } from '#servers/pbx/media/leg-media.ts';
import type { CallRecords } from '#servers/pbx/records/index.ts';
import type { Authenticator } from './authenticator.ts';
import { Call } from './call.ts';
import { CallLedger } from './call-ledger.ts';
import { addressOfRecord, asksForPrivacy, identityOf } from './identity.ts';
import { IncomingLeg } from './incoming-leg.ts';
import type { LegEnvironment } from './leg-environment.ts';
import type { Binding, Locations } from './locations.ts';
import { formatNameAddress, parseUri } from './name-address.ts';
import type { OutgoingTarget } from './outgoing-leg.ts';
import type { ServerRequest } from './server-request.ts';

export interface OriginatorOptions {
  environment: LegEnvironment;
  authenticator: Authenticator;
  directory: Directory;
  locations: Locations;
  records: CallRecords;
  prompts: PromptLibrary;
  language: 'ru' | 'en';
  maximumCalls: number;
  /** Host name that phones know us by; null: the address they reach us at. */
  domain: string | null;
  isOwnDomain(host: string): boolean;
}

/** Makes a call of an INVITE: proves who calls, asks `decide` what is to become of it, and sets that going. */
export class CallOriginator {
  private readonly options: OriginatorOptions;
  private readonly calls = new Set<Call>();

  constructor(options: OriginatorOptions) {
    this.options = options;
  }

  get activeCalls(): number {
    return this.calls.size;
  }

  /** Null when the call went no further; the request is answered then. */
  originate(request: ServerRequest): IncomingLeg | null {
    const { environment, authenticator } = this.options;
    request.respond(100, 'Trying');
    const authentication = authenticator.authenticate(request, 407);
    if (authentication.user === null) {
      // A challenge is no call yet.
      if (authentication.status !== 407) this.writeRefusal(request, authentication.status);
      return null;
    }
    const caller = authentication.user;
    const { message, flow } = request;
    const uri = parseUri(message.requestUri)!;
    const withheld = asksForPrivacy(message);
    const callerPhone = this.options.locations.byFlow(caller, flow)?.id ?? null;
    const plan = decide({ caller, callerPhone, dialled: uri.user, ownDomain: this.options.isOwnDomain(uri.host), withheld }, this.state());
    const leg = new IncomingLeg(environment, request);
    const ledger = new CallLedger(environment.clock, { id: environment.createToken(), sipCallId: leg.callId, caller, withheld, dialled: uri.user }, plan);
    this.start(leg, { caller, callerPhone, withheld }, plan, ledger);
    return leg;
  }

  /** Ends every call with a BYE. */
  endAll(): void {
    for (const call of [...this.calls]) call.dispose();
  }

  private start(leg: IncomingLeg, who: { caller: string; callerPhone: string | null; withheld: boolean }, plan: Plan, ledger: CallLedger): void {
    const { environment, prompts, language, records, directory, isOwnDomain } = this.options;
    const domain = this.domainFor(environment.addressFor(leg.flow));
    const call: Call = new Call({
      environment,
      caller: leg,
      callerExtension: who.caller,
      callerPhone: who.callerPhone,
      plan,
      ledger,
      prompts,
      language,
      identity: identityOf(plan.presented, domain),
      targetOf: (target) => this.targetOf(target),
      calleeIdentity: (extension) => {
        const uri = addressOfRecord(extension, domain);
        return { to: `<${uri}>`, headers: [['P-Asserted-Identity', formatNameAddress(directory.nameOf(extension), uri)]] };
      },
      planTransfer: ({ user, host }, transferor, remaining) => {
        // Who sends the other one away answers for the number; the phone that rings sees who is sent.
        const request = { caller: transferor.extension, callerPhone: remaining.phone, dialled: user, ownDomain: isOwnDomain(host), withheld: false };
        const planned = decide(request, this.state());
        const withheld = who.withheld && remaining.leg === leg;
        const { extension } = remaining;
        const presented = withheld ? { withheld } : { withheld, extension, name: directory.nameOf(extension) };
        return { plan: planned, identity: identityOf(presented, domain) };
      },
      onEnded: () => {
        this.calls.delete(call);
        records.append(ledger.close(call.codec));
      },
    });
    this.calls.add(call);
    void call.run();
  }

  private state(): ExchangeState {
    const { directory, locations, maximumCalls } = this.options;
    return {
      find: directory.find,
      nameOf: directory.nameOf,
      phones: (extension) => locations.of(extension),
      callsOf: (extension) => [...this.calls].filter((call) => call.extensions.includes(extension)).length,
      activeCalls: this.calls.size,
      maximumCalls,
    };
  }

  private targetOf({ extension, phone }: RingTarget): OutgoingTarget | null {
    const binding = this.options.locations.of(extension).find(({ id }) => id === phone);
    if (!binding) return null;
    const { contact, flow } = binding;
    return { extension, phone, contact, flow, security: securityFor(this.options.directory.mediaOf(extension), binding) };
  }

  private domainFor(local: SocketAddress): string {
    return this.options.domain ?? local.address;
  }

  private writeRefusal(request: ServerRequest, status: number): void {
    const { clock, createToken } = this.options.environment;
    const dialled = parseUri(request.message.requestUri)?.user ?? '';
    const sipCallId = request.message.headers.find(({ name }) => name === 'call-id')!.value;
    const ledger = new CallLedger(clock, { id: createToken(), sipCallId, caller: null, withheld: asksForPrivacy(request.message), dialled }, null);
    ledger.rejected(status);
    this.options.records.append(ledger.close(null));
  }
}

/** Which audio a phone is offered, in order: WebRTC in browsers, SRTP where TLS hides its keys. */
function securityFor(media: UserMedia, { flow }: Binding): MediaSecurity[] {
  if (media !== 'auto') return [media];
  if (flow.protocol === 'ws' || flow.protocol === 'wss') return ['webrtc', 'rtp'];
  return flow.protocol === 'tls' ? ['srtp', 'rtp'] : ['rtp'];
}
