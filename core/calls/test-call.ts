import { OffhookError } from '#contract/errors.ts';
import { dialPlan } from '#core/contacts/index.ts';
import { DEMO_LINE_ID } from '#core/lines/index.ts';
import type { CallServices } from './call-services.ts';
import { invite } from './place-call.ts';

const TONE_HZ = 440;
const TONE_TOLERANCE_HZ = 15;
const LIMIT_MS = 5_000;
const LENGTH_MS = 2_000;

export interface TestCallResult {
  /** ms from INVITE to answer. */
  answeredAfter: number;
  /** ms from INVITE to the own tone heard back. */
  toneAfter: number;
}

/**
 * Calls the built-in exchange's echo service with a tone from a synthetic endpoint and listens for it to come back: proof that
 * registration, signalling and audio work, with no window and no sound card. Lasts about two seconds; leaves no record,
 * since nobody called.
 * @throws OffhookError the failure of the call, or `call.media-lost` when no tone came back within 5 s
 */
export function testCall(services: CallServices, echo: string): Promise<TestCallResult> {
  const { clock } = services;
  const started = clock.monotonic();
  const line = services.lines.find(DEMO_LINE_ID);
  if (!line) throw new OffhookError('line.none');
  const call = invite(services, line, dialPlan(echo, services.numberRules()), 'synthetic');
  const { synthetic } = call.leg;
  return new Promise<TestCallResult>((resolve, reject) => {
    let answeredAfter: number | null = null;
    let toneAfter: number | null = null;
    const heard = () => answeredAfter !== null && toneAfter !== null;
    const limit = clock.after(LIMIT_MS, () => call.session.end());
    const length = clock.after(LENGTH_MS, () => heard() && call.session.end());
    synthetic?.setTone(TONE_HZ);
    synthetic?.onTone(({ frequency }) => {
      if (Math.abs(frequency - TONE_HZ) > TONE_TOLERANCE_HZ) return;
      toneAfter ??= clock.monotonic() - started;
      if (toneAfter > LENGTH_MS) call.session.end();
    });
    call.session.onAnswered(() => (answeredAfter = clock.monotonic() - started));
    call.onEnded((end) => {
      limit.dispose();
      length.dispose();
      call.dispose();
      if (answeredAfter !== null && toneAfter !== null) resolve({ answeredAfter, toneAfter });
      else reject(failure(end.error, answeredAfter !== null));
    });
  });
}

function failure(error: { code: string } | null, answered: boolean): OffhookError {
  if (answered || error === null) return new OffhookError('call.media-lost', { detail: 'the tone did not come back' });
  return OffhookError.fromReport(error as Parameters<typeof OffhookError.fromReport>[0]);
}
