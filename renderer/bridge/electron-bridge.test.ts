import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { DemoBridge } from './demo-bridge.ts';
import { ElectronBridge, rebuildError } from './electron-bridge.ts';

describe('the bridge in Electron', () => {
  it('rebuilds a coded error from the message that is left of it', () => {
    const crossed = new Error(new OffhookError('call.not-found', { detail: 'SIP 404 Not Found' }).message);
    expect(rebuildError(crossed)).toMatchObject({ code: 'call.not-found', detail: 'SIP 404 Not Found' });
    expect(rebuildError(new Error('call.busy'))).toMatchObject({ code: 'call.busy', detail: null });
  });

  it('calls anything else a bug, with its message', () => {
    expect(rebuildError(new Error('x is undefined'))).toMatchObject({ code: 'internal.bug', detail: 'x is undefined' });
  });

  it('passes commands and events through', async () => {
    const exposed = new DemoBridge();
    const bridge = new ElectronBridge(exposed);
    exposed.answer('calls.redial', () => ({ callId: 'x' }));
    expect(await bridge.call('calls.redial', {})).toEqual({ callId: 'x' });
    const heard: boolean[] = [];
    bridge.on('audio.owner', ({ you }) => heard.push(you));
    exposed.emit('audio.owner', { you: true });
    expect(heard).toEqual([true]);
  });
});
