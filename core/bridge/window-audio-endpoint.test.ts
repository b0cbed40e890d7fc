import { describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { AgentBridge } from './agent-bridge.ts';
import { MemoryClientPort } from './memory-client-port.ts';
import { WindowAudioEndpoint } from './window-audio-endpoint.ts';

const relay = { leg: 'relay', fresh: false, stunServer: null, direction: 'sendrecv' } as const;
const webrtc = { ...relay, leg: 'webrtc' } as const;

function open(openWindow: (() => void) | null = null) {
  const bridge = new AgentBridge(silentLogger);
  const clock = new FakeClock();
  const audio = new WindowAudioEndpoint(bridge, clock, openWindow);
  const window = () => {
    const port = new MemoryClientPort();
    bridge.connect(port);
    return port;
  };
  const lastRequest = (port: MemoryClientPort) => port.events('audio.request').at(-1) as { requestId: number };
  return { audio, clock, window, lastRequest };
}

describe('the audio endpoint in a window', () => {
  it('asks the window that owns the audio, and takes only its answer', async () => {
    const { audio, window, lastRequest } = open();
    const owner = window();
    const stranger = window();
    audio.claim(owner);
    const offer = audio.createOffer('call', relay);
    const { requestId } = lastRequest(owner);
    audio.reply(stranger, requestId, { sdp: 'forged' });
    audio.reply(owner, requestId, { sdp: 'v=0' });
    expect(await offer).toBe('v=0');
    expect(stranger.events('audio.request')).toHaveLength(0);
  });

  it('says that there is no window, at once, for a relayed call', async () => {
    const { audio } = open();
    await expect(audio.createOffer('call', relay)).rejects.toThrow('audio.no-window');
  });

  it('opens a window for a WebRTC call and goes on when it has claimed the audio', async () => {
    let opened = 0;
    const { audio, window, lastRequest } = open(() => (opened += 1));
    const offer = audio.createOffer('call', webrtc);
    const late = window();
    audio.claim(late);
    await Promise.resolve();
    await Promise.resolve();
    audio.reply(late, lastRequest(late).requestId, { sdp: 'v=0' });
    expect(await offer).toBe('v=0');
    expect(opened).toBe(1);
  });

  it('gives a WebRTC call up when no window came within 8 s', async () => {
    const { audio, clock } = open(() => {});
    const offer = audio.createOffer('call', webrtc);
    clock.advance(8_000);
    await expect(offer).rejects.toThrow('audio.no-window');
  });

  it('moves to the window last used, tells both, and has live calls connect anew', () => {
    const { audio, window } = open();
    let claims = 0;
    audio.onClaimed(() => (claims += 1));
    const [first, second] = [window(), window()];
    audio.claim(first);
    audio.claim(second);
    audio.claim(second);
    expect(first.events('audio.owner')).toEqual([{ you: true }, { you: false }]);
    expect(second.events('audio.owner')).toEqual([{ you: true }]);
    expect(claims).toBe(2);
  });

  it('falls back to the window used before when the owner closes, and fails what the owner owed', async () => {
    const { audio, window } = open();
    const [first, second] = [window(), window()];
    audio.claim(first);
    audio.claim(second);
    const offer = audio.createOffer('call', relay);
    second.close();
    await expect(offer).rejects.toThrow('bridge.closed');
    expect(audio.owner).toBe(first);
    expect(first.events('audio.owner').at(-1)).toEqual({ you: true });
  });

  it('gives up on a window that never answers', async () => {
    const { audio, clock, window } = open();
    audio.claim(window());
    const offer = audio.createOffer('call', relay);
    clock.advance(60_000);
    await expect(offer).rejects.toThrow('audio.failed');
    expect(clock.pendingTimers).toBe(0);
  });

  it('passes on the failure that the window reports', async () => {
    const { audio, window, lastRequest } = open();
    const owner = window();
    audio.claim(owner);
    const offer = audio.createOffer('call', relay);
    audio.reply(owner, lastRequest(owner).requestId, {
      error: { code: 'audio.microphone-refused', values: {}, detail: 'NotAllowedError' },
    });
    await expect(offer).rejects.toThrow('audio.microphone-refused');
  });
});
