import type { Source } from '../rtp/source-latch.ts';
import {
  bindingRequest,
  bindingResponse,
  isAuthentic,
  parseStun,
  serializeStun,
  stunAttribute,
  xorMappedAddress,
} from './stun.ts';

/** Sources remembered as valid; a peer has a handful of candidates. */
const maximumValid = 16;

/** The lite side of ICE (RFC 8445 2.5, 6.1.1, 7.3): answers checks, never sends any, sends where the peer nominated. */
export class IceLite {
  /** From the SDP; until it is known any peer with our password is taken. */
  remoteUfrag: string | null = null;
  /** Where to send. */
  selected: Source | null = null;
  private readonly own: { ufrag: string; password: string };
  private readonly send: (data: Buffer, to: Source) => void;
  private readonly valid = new Set<string>();

  constructor(own: { ufrag: string; password: string }, send: (data: Buffer, to: Source) => void) {
    this.own = own;
    this.send = send;
  }

  /** The peer is a new one. */
  forget(): void {
    this.selected = null;
    this.valid.clear();
  }

  isValid(source: Source): boolean {
    const { selected } = this;
    return (selected?.port === source.port && selected.address === source.address) || this.valid.has(key(source));
  }

  /** Returns what was wrong, or null. */
  receive(data: Buffer, source: Source): 'malformed' | 'authentication' | null {
    const message = parseStun(data);
    if (!message) return 'malformed';
    if (message.type !== bindingRequest) return null;
    const username = message.attributes.get(stunAttribute.username)?.toString() ?? '';
    const expected = `${this.own.ufrag}:${this.remoteUfrag ?? ''}`;
    const named = this.remoteUfrag === null ? username.startsWith(expected) : username === expected;
    if (!named || !isAuthentic(message, this.own.password)) return 'authentication';
    this.remember(source, message.attributes.has(stunAttribute.useCandidate));
    const mapped = xorMappedAddress(source.address, source.port, message.transaction);
    this.send(
      serializeStun(
        bindingResponse,
        message.transaction,
        [[stunAttribute.xorMappedAddress, mapped]],
        this.own.password,
      ),
      source,
    );
    return null;
  }

  private remember(source: Source, nominated: boolean): void {
    if (this.valid.size >= maximumValid) this.valid.delete(this.valid.values().next().value!);
    this.valid.add(key(source));
    if (nominated || !this.selected) this.selected = { address: source.address, port: source.port };
  }
}

function key(source: Source): string {
  return `${source.address} ${source.port}`;
}
