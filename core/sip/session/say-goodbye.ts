import { OffhookError } from '#contract/errors.ts';
import { requestUri } from '../messages/request-uri.ts';
import type { SipDialog } from '../user-agent.ts';
import { callErrorCode } from './session-end.ts';
import type { SessionContext } from './session-context.ts';

/** BYE within a dialog that is known by its data alone; the promise is that of `SipUserAgent.sayGoodbye`. */
export function sayGoodbye(context: SessionContext, dialog: SipDialog): Promise<void> {
  const { core } = context;
  const { callId, localTag: fromTag, remoteTag: toTag, routeSet, localSequence } = dialog;
  const [target, local, remote] = [dialog.remoteTarget, dialog.localUri, dialog.remoteUri].map(requestUri);
  if (!target || !local || !remote)
    return Promise.reject(new OffhookError('call.failed', { values: { status: 0 }, detail: 'an unreadable dialog' }));
  const options = { callId, fromTag, toTag, routeSet: [...routeSet], cseq: localSequence + 1 };
  const bye = core.makeOutgoingRequestMessage('BYE', target, local, remote, options);
  const said = new Promise<void>((resolve, reject) => {
    const refused = ({ message }: { message: { statusCode?: number } }) => {
      const status = message.statusCode ?? 0;
      // RFC 3261 15.1.1: they have hung up already.
      if (status === 481) return resolve();
      reject(new OffhookError(callErrorCode(status, false), { values: { status }, detail: `SIP ${status} to BYE` }));
    };
    core.request(bye, { onAccept: () => resolve(), onReject: refused, onRedirect: refused });
  });
  const settled = () => {};
  context.farewell(said.then(settled, settled));
  return said;
}
