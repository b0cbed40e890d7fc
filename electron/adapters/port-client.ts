import type { MessagePortMain } from 'electron';
import type { ClientPort } from '#core/bridge/index.ts';
import { Emitter } from '#core/foundation/index.ts';

/** A window's MessagePort as the agent sees it. Structured clones travel; the agent validates what they say. */
export function messagePortClient(port: Pick<MessagePortMain, 'on' | 'postMessage' | 'start'>): ClientPort {
  const messages = new Emitter<unknown>();
  const closed = new Emitter<void>();
  let open = true;
  port.on('message', (event) => messages.fire(event.data));
  port.on('close', () => {
    open = false;
    closed.fire();
    messages.dispose();
    closed.dispose();
  });
  port.start();
  return {
    onMessage: messages.event,
    onClosed: closed.event,
    send(message) {
      if (open) port.postMessage(message);
    },
  };
}
