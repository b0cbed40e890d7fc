import { createHmac } from 'node:crypto';
import { deliveryStatusError, toDeliveryFailure } from '#core/sync/index.ts';
import type { HttpClient } from '#core/network/index.ts';

export interface WebhookPost {
  url: string;
  body: string;
  /** Key of the delivery: the same when it is tried again. */
  delivery: string;
  secret: string | null;
}

/** Hexadecimal HMAC-SHA256 of `<timestamp>.<body>`. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex');
}

/**
 * Posts an event as JSON, signed where there is a secret. Redirects are not followed: what was signed for one server is
 * given to no other.
 * @param now Unix ms
 * @throws OffhookError `delivery.refused`, `delivery.failed`, `delivery.unreachable`, `directory.certificate-*`
 */
export async function postWebhook(
  fetch: HttpClient,
  { url, body, delivery, secret }: WebhookPost,
  now: number,
): Promise<void> {
  const { host } = new URL(url);
  const timestamp = String(Math.floor(now / 1000));
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-offhook-timestamp': timestamp,
    'x-offhook-delivery': delivery,
    ...(secret ? { 'x-offhook-signature': `sha256=${signatureOf(secret, timestamp, body)}` } : {}),
  };
  let answer: Response;
  try {
    answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
  } catch (error) {
    throw toDeliveryFailure(host, error);
  }
  const failure = deliveryStatusError(host, answer.status, answer.headers.get('retry-after'), now);
  if (failure) throw failure;
}
