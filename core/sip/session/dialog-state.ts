import { NameAddrHeader, type IncomingResponseMessage, type Session, type URI } from 'sip.js/lib/core/index.js';
import { untoldContact } from '../signalling/rewrite-incoming.ts';
import type { SipDialog } from '../user-agent.ts';

/** What sip.js hands out is a class with these; its `Session` hides them. */
interface DialogFields {
  localSequenceNumber: number | undefined;
  routeSet: readonly string[];
  dialogState: { remoteTarget: URI };
}

const fieldsOf = (session: Session) => session as unknown as DialogFields;

/** sip.js's dialog as plain data. */
export function readDialog(session: Session): SipDialog {
  const { callId, localTag, remoteTag, localURI, remoteURI, remoteTarget } = session;
  const { localSequenceNumber, routeSet } = fieldsOf(session);
  return {
    callId,
    localTag,
    remoteTag,
    localUri: localURI.toRaw(),
    remoteUri: remoteURI.toRaw(),
    remoteTarget: remoteTarget.toRaw(),
    routeSet: [...routeSet],
    localSequence: localSequenceNumber ?? 0,
  };
}

/**
 * A 2xx to INVITE or re-INVITE names the target anew (RFC 3261 12.2.1.2, 13.2.2.4). sip.js keeps that of the first
 * response, be it a ringing without Contact.
 */
export function refreshTarget(session: Session, response: IncomingResponseMessage): void {
  const contact: unknown = response.parseHeader('contact');
  if (contact instanceof NameAddrHeader && !contact.hasParam(untoldContact))
    fieldsOf(session).dialogState.remoteTarget = contact.uri;
}
