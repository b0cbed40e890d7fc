import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';
import { holdCall } from './hold-call.ts';

/**
 * There is one mouth: whenever a call is answered while another is up, the one that the user turned to last keeps the
 * voice and the other goes on hold, whichever order the answers come in.
 */
export function keepOneVoice(services: CallServices, call: Call): void {
  let answered = false;
  call.onChanged(() => {
    if (answered || !call.established) return;
    answered = true;
    const connected = services.calls.live().filter((each) => each.callState === 'connected');
    if (connected.length < 2) return;
    const speaking = connected.find((each) => each.id === services.calls.focus) ?? call;
    for (const each of connected) if (each !== speaking) holdCall(services, each);
  });
}
