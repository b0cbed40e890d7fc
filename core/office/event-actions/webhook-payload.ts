import { z } from 'zod';
import { actionEvent } from '#contract/ipc/index.ts';

/** What waits in the outbox of an event: the body is posted as it is, however often. */
const webhookPayload = z.object({ event: actionEvent, body: z.string() });
export type WebhookPayload = z.infer<typeof webhookPayload>;

export function packWebhook(payload: WebhookPayload): string {
  return JSON.stringify(payload);
}

export function unpackWebhook(text: string): WebhookPayload {
  return webhookPayload.parse(JSON.parse(text));
}
