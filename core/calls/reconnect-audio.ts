import type { CallServices } from './call-services.ts';

/**
 * A window was reloaded, crashed, or handed the audio to another: every live call connects to the new one. A relay leg
 * does that on this machine alone; on a WebRTC line the far end learns the new connection by a re-INVITE.
 */
export function reconnectAudio(services: CallServices): void {
  for (const call of services.calls.live()) {
    call.leg.reconnectEndpoint();
    if (call.leg.kind !== 'webrtc' || !call.established) continue;
    call.session.reoffer().catch((error) => {
      services.logger.error('the audio of a WebRTC call could not be connected anew', { callId: call.id, error });
      call.reportAudio('lost');
    });
  }
}
