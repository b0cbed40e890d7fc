import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { dialRequest, dialSource } from '#contract/ipc/index.ts';
import { dialPlan } from '#core/contacts/index.ts';
import { firefox, openDialDesk } from './dial-requests.test-support.ts';

describe('whatever is asked', () => {
  const piece = fc.oneof(
    fc.stringMatching(/^\+?[\d ().-]{0,14}$/),
    fc.constantFrom(
      'tel:',
      'sip:',
      'callto:',
      ';ext=12',
      ' доб. 12',
      '@pbx.example',
      '%0d%0a',
      '\r\n',
      ',,1',
      '*21*',
      '#',
      '112',
      ' ',
    ),
    fc.string({ maxLength: 12, unit: 'binary' }),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  it('fails only in a way that can be told, and dials what it shows', async () => {
    const { dialDesk, settings } = await openDialDesk({ internalMaxDigits: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...dialSource.options), text, (source, asked) => {
        for (const { id } of dialDesk.list()) dialDesk.dismiss(id);
        try {
          dialDesk.open({ source, text: asked, origin: firefox });
        } catch (error) {
          expect(error).toBeInstanceOf(OffhookError);
        }
        for (const request of dialDesk.list()) {
          expect(dialRequest.safeParse(request).success).toBe(true);
          for (const { text: dials, display, extension, refusal } of request.candidates)
            if (!refusal || dials !== '')
              expect(dialPlan(dials, settings.values)).toMatchObject({ display, extension });
        }
      }),
      { numRuns: 600 },
    );
  });
});
