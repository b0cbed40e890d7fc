import { describe, expect, it } from 'vitest';
import { Emitter, silentLogger } from '#core/foundation/index.ts';
import type { AudioEndpoint, AudioEndpointReport } from './audio-endpoint.ts';
import type { NegotiatedMedia } from './media-leg.ts';
import { WebRtcMediaLeg } from './web-rtc-media-leg.ts';

function sdp(options: { ufrag?: string; direction?: string; codecs?: string } = {}): string {
  const { ufrag = 'abcd', direction = 'sendrecv', codecs = '111 8' } = options;
  return [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `m=audio 9 UDP/TLS/RTP/SAVPF ${codecs}`,
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${ufrag.repeat(8)}`,
    'a=fingerprint:sha-256 AB:CD',
    'a=setup:actpass',
    'a=mid:0',
    `a=${direction}`,
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    '',
  ].join('\r\n');
}

/** A window that remembers what was asked of it. */
class ScriptedWindow implements AudioEndpoint {
  readonly asked: unknown[] = [];
  readonly reports = new Emitter<AudioEndpointReport>();
  readonly onReport = this.reports.event;

  async createOffer(callId: string, options: Parameters<AudioEndpoint['createOffer']>[1]): Promise<string> {
    this.asked.push(['offer', callId, options.fresh, options.direction, options.stunServer]);
    return sdp({ direction: options.direction });
  }

  async createAnswer(
    callId: string,
    _offer: string,
    options: Parameters<AudioEndpoint['createAnswer']>[2],
  ): Promise<string> {
    this.asked.push(['answer', callId, options.direction]);
    return sdp({ codecs: '8' });
  }

  async applyAnswer(callId: string): Promise<void> {
    this.asked.push(['apply', callId]);
  }

  async rollback(callId: string): Promise<void> {
    this.asked.push(['rollback', callId]);
  }

  async sendDigits(callId: string, digits: string): Promise<void> {
    this.asked.push(['digits', callId, digits]);
  }

  setMuted(callId: string, muted: boolean): void {
    this.asked.push(['muted', callId, muted]);
  }

  setCodec(): void {}

  close(callId: string): void {
    this.asked.push(['close', callId]);
  }
}

function setUp() {
  const window = new ScriptedWindow();
  const leg = new WebRtcMediaLeg({ callId: 'a', stunServer: 'stun:s', audioEndpoint: window, logger: silentLogger });
  const negotiated: NegotiatedMedia[] = [];
  leg.onNegotiated((media) => negotiated.push(media));
  return { window, leg, negotiated, last: () => window.asked.at(-1) };
}

describe("a WebRTC line's leg", () => {
  it("passes the window's own SDP and reads from the answer what was agreed", async () => {
    const { window, leg, negotiated } = setUp();
    expect(await leg.createOffer()).toBe(sdp());
    await leg.applyAnswer(sdp({ ufrag: 'efgh', codecs: '111', direction: 'recvonly' }));
    expect(window.asked.slice(0, 2)).toEqual([
      ['offer', 'a', false, 'sendrecv', 'stun:s'],
      ['apply', 'a'],
    ]);
    expect(negotiated).toEqual([{ codec: 'opus', encrypted: true, direction: 'sendonly' }]);
  });

  it('applies an answer once, though it comes early and again at the end', async () => {
    const { window, leg } = setUp();
    await leg.createOffer();
    await leg.applyAnswer(sdp({ ufrag: 'efgh' }));
    await leg.applyAnswer(sdp({ ufrag: 'efgh' }).replace('o=- 1 2', 'o=- 1 3'));
    expect(window.asked.filter((entry) => (entry as string[])[0] === 'apply')).toHaveLength(1);
    await expect(leg.applyAnswer(sdp({ ufrag: 'ijkl' }))).rejects.toMatchObject({ code: 'call.media-not-acceptable' });
  });

  it("answers an offer, and tells the far end's hold", async () => {
    const { leg, negotiated } = setUp();
    await leg.createAnswer(sdp({ direction: 'sendonly' }));
    expect(negotiated).toEqual([{ codec: 'PCMA', encrypted: true, direction: 'recvonly' }]);
  });

  it('refuses what is not WebRTC', async () => {
    const { window, leg } = setUp();
    const plain = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 8\r\n';
    await expect(leg.createAnswer(plain)).rejects.toMatchObject({ code: 'call.media-not-acceptable' });
    expect(window.asked).toEqual([]);
  });

  it('holds by the direction of the next offer, with the microphone off at once', async () => {
    const { leg, last } = setUp();
    leg.setHold(true);
    expect(last()).toEqual(['muted', 'a', true]);
    await leg.createOffer();
    expect(last()).toEqual(['offer', 'a', false, 'sendonly', 'stun:s']);
    leg.setMuted(true);
    leg.setHold(false);
    expect(last()).toEqual(['muted', 'a', true]);
    leg.setMuted(false);
    expect(last()).toEqual(['muted', 'a', false]);
  });

  it('takes a refused offer back, once', async () => {
    const { window, leg } = setUp();
    await leg.createOffer();
    leg.rollback();
    leg.rollback();
    expect(window.asked.filter((entry) => (entry as string[])[0] === 'rollback')).toHaveLength(1);
    await expect(leg.applyAnswer(sdp())).rejects.toMatchObject({ code: 'call.media-not-acceptable' });
  });

  it('asks for a new connection after a reload', async () => {
    const { leg, last } = setUp();
    leg.reconnectEndpoint();
    await leg.createOffer();
    expect(last()).toEqual(['offer', 'a', true, 'sendrecv', 'stun:s']);
  });

  it("passes the window's reports of its own call on, and closes", async () => {
    const { window, leg, last } = setUp();
    const states: string[] = [];
    leg.onEndpointState((state) => states.push(state));
    window.reports.fire({ callId: 'b', state: 'lost', quality: null });
    window.reports.fire({ callId: 'a', state: 'connected', quality: null });
    expect(states).toEqual(['connected']);
    leg.dispose();
    expect(last()).toEqual(['close', 'a']);
    expect(window.reports.listenerCount).toBe(0);
  });
});
