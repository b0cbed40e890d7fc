import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account } from '#contract/ipc/index.ts';
import { fromDraft, toDraft } from './line-draft.ts';

describe('the form of a line', () => {
  it('makes an account of the three fields that a provider hands out', () => {
    const outcome = fromDraft({ ...toDraft(), domain: ' pbx.example ', user: '101' });
    expect(outcome.account).toEqual(account.parse({ domain: 'pbx.example', user: '101' }));
  });

  it('takes a server with its port, and a login with its server', () => {
    const outcome = fromDraft({ ...toDraft(), domain: 'sip:pbx.example:5070', user: '101@pbx.example' });
    expect(outcome.account).toMatchObject({ domain: 'pbx.example', serverPort: 5070, user: '101' });
  });

  it('names the fields that cannot be so', () => {
    expect(fromDraft(toDraft()).wrong).toEqual(new Set(['domain', 'user']));
    expect(fromDraft({ ...toDraft(), domain: 'a', user: 'b', serverPort: '99999' }).wrong).toEqual(new Set(['serverPort']));
    expect(fromDraft({ ...toDraft(), domain: 'a', user: 'b', registerExpires: '' }).wrong).toEqual(new Set(['registerExpires']));
  });

  it('gives a stored account back as it was', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/);
    const stored = fc.record({
      user: word,
      domain: word,
      label: fc.stringMatching(/^[а-я]{0,20}$/),
      serverPort: fc.option(fc.integer({ min: 1, max: 65535 })),
      outboundProxy: fc.option(word),
      registerExpires: fc.integer({ min: 60, max: 86400 }),
      trustIdentity: fc.boolean(),
    });
    fc.assert(
      fc.property(stored, (values) => {
        const parsed = account.parse(values);
        expect(fromDraft(toDraft(parsed)).account).toEqual(parsed);
      }),
    );
  });
});
