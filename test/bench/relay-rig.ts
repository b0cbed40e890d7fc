import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createDtlsCertificate, type DtlsCertificate } from '#core/media/webrtc/index.ts';
import { systemClock } from '#core/foundation/index.ts';
import { FakeWindow } from '#core/media/testing/fake-window.ts';
import { bindRtpSocketPair, UdpRtpTransport } from '#core/media/rtp/index.ts';
import { AudioNegotiation } from '#core/media/sdp/index.ts';
import type { RigReply, RigRequest } from './relay-rig-messages.ts';

type Request<T extends RigRequest = RigRequest> = T extends RigRequest ? Omit<T, 'id'> : never;

/** A call through the relay with both of its ends here. */
export interface RigCall {
  window: FakeWindow;
  far: UdpRtpTransport;
}

/** Runs the relay in a process of its own and talks to it as window and as far end. */
export class RelayRig {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (reply: RigReply) => void>();
  private readonly certificate: DtlsCertificate;
  private readonly calls: RigCall[] = [];
  private nextId = 1;

  static async start(): Promise<RelayRig> {
    const certificate = await createDtlsCertificate();
    const child = fork(new URL('./relay-rig-child.ts', import.meta.url), { serialization: 'advanced' });
    const rig = new RelayRig(child, certificate);
    await new Promise<RigReply>((resolve) => rig.waiting.set(0, resolve));
    return rig;
  }

  private constructor(child: ChildProcess, certificate: DtlsCertificate) {
    this.child = child;
    this.certificate = certificate;
    child.on('message', ({ id, reply }: { id: number; reply: RigReply }) => {
      this.waiting.get(id)?.(reply);
      this.waiting.delete(id);
    });
  }

  async openCall(security: 'rtp' | 'srtp'): Promise<RigCall> {
    const window = await FakeWindow.open(this.certificate, randomBytes);
    const pair = await bindRtpSocketPair('127.0.0.1', { first: 10000, last: 16000 }, Math.random);
    const far = new UdpRtpTransport(pair, systemClock);
    const call = { window, far };
    this.calls.push(call);
    const callId = `call-${this.calls.length}`;
    // The far end's SDP does not need the relay's: payload type 8 is what both will say.
    const negotiation = new AudioNegotiation({
      codecs: ['PCMA'],
      security,
      address: '127.0.0.1',
      port: far.port,
      rtcpPort: far.rtcpPort,
      randomBytes,
    });
    const farAnswer = negotiation.createOffer('sendrecv');
    const reply = await this.request({ kind: 'open', callId, windowOffer: window.offer, farAnswer, security });
    if (reply.kind !== 'opened') throw new Error(reply.kind);
    far.setRemote(negotiation.applyAnswer(reply.offer));
    window.applyAnswer(reply.windowAnswer);
    await window.connected;
    return call;
  }

  /** A bare forwarder to a port of ours; returns the port to send to. */
  async bareHop(to: number): Promise<number> {
    const reply = await this.request({ kind: 'hop', to });
    if (reply.kind !== 'hop') throw new Error(reply.kind);
    return reply.port;
  }

  async keepDatabaseBusy(): Promise<void> {
    await this.request({ kind: 'database' });
  }

  /** Microseconds of CPU that the process has used so far, all its threads together. */
  async cpu(): Promise<number> {
    const reply = await this.request({ kind: 'cpu' });
    if (reply.kind !== 'cpu') throw new Error(reply.kind);
    return reply.microseconds;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    await this.request({ kind: 'stop' });
    for (const { window, far } of this.calls) {
      window.dispose();
      far.dispose();
    }
    await ended;
  }

  private request(request: Request): Promise<RigReply> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.child.send({ ...request, id });
    });
  }
}
