import type { IncomingInviteRequest } from 'sip.js/lib/core/index.js';

/** Whether the INVITE still waits for its final response; sip.js throws on a second one. */
export function isPending(request: IncomingInviteRequest): boolean {
  // What sip.js hands out is this class; its types hide the getter.
  return (request as unknown as { rejectable: boolean }).rejectable;
}

/**
 * Refuses, unless that has been done, e.g. because they gave up.
 * @param status below 400 is no refusal; then it is 480
 */
export function refuseInvite(request: IncomingInviteRequest, status: number, reason = ''): void {
  if (!isPending(request)) return;
  const statusCode = status >= 400 && status <= 699 ? Math.floor(status) : 480;
  request.reject({ statusCode, reasonPhrase: reason.replace(/[\r\n]/g, ' ').trim() || undefined });
}
