import { OffhookError } from '#contract/errors.ts';

const toneMilliseconds = 100;
const gapMilliseconds = 100;
/** Without a `tonechange` in this long, the sender has stopped for good (the call ended). */
const slackMilliseconds = 3000;
const commaMilliseconds = 2000;

/** Sends digits as RFC 4733 events; resolves when the last tone is out. `,` is a pause of 2 s. */
export function sendDigits(
  sender: RTCRtpSender | null,
  digits: string,
  setTimer: (callback: () => void, milliseconds: number) => unknown,
): Promise<void> {
  const dtmf = sender?.dtmf;
  if (!dtmf?.canInsertDTMF) return Promise.reject(new OffhookError('call.not-possible-now', { detail: 'no telephone-event' }));
  const expected = [...digits].reduce(
    (sum, digit) => sum + (digit === ',' ? commaMilliseconds : toneMilliseconds + gapMilliseconds),
    slackMilliseconds,
  );
  return new Promise((resolve, reject) => {
    const changed = (event: RTCDTMFToneChangeEvent) => {
      if (event.tone !== '') return;
      dtmf.removeEventListener('tonechange', changed);
      resolve();
    };
    dtmf.addEventListener('tonechange', changed);
    setTimer(() => {
      dtmf.removeEventListener('tonechange', changed);
      reject(new OffhookError('call.not-possible-now', { detail: 'digits were not sent in time' }));
    }, expected);
    dtmf.insertDTMF(dtmf.toneBuffer + digits, toneMilliseconds, gapMilliseconds);
  });
}
