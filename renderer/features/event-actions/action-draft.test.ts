import { describe, expect, it } from 'vitest';
import { draftOf, readDraft } from './action-draft.ts';

const draft = (changes: Partial<ReturnType<typeof draftOf>>) => ({ ...draftOf(null), label: 'CRM', ...changes });

describe('an action as it is written', () => {
  it('becomes what the agent is given, and the same form again', () => {
    const written = draft({
      kind: 'program',
      program: 'notify',
      arguments: '{name}\n\n--at {number}\n',
      events: ['end', 'ring'],
    });
    const { given } = readDraft(written);
    expect(given).toEqual({
      action: {
        ...{
          id: null,
          label: 'CRM',
          enabled: true,
          events: ['ring', 'end'],
          direction: 'any',
          internal: false,
          lineId: null,
        },
        task: { kind: 'program', program: 'notify', arguments: ['{name}', '', '--at {number}'] },
      },
      secret: null,
    });
    const again = draftOf({ ...given!.action, id: 'a', hasSecret: false } as Parameters<typeof draftOf>[0]);
    expect(again).toMatchObject({ program: 'notify', arguments: '{name}\n\n--at {number}', events: ['ring', 'end'] });
  });

  it.each([
    [{ label: ' ' }, ['label', 'address']],
    [{ events: [], address: 'https://x.example' }, ['events']],
    [{ kind: 'webhook', url: 'ftp://x' }, ['url']],
    [{ kind: 'program', program: '' }, ['program']],
    [{ kind: 'program', program: 'x', arguments: Array(31).fill('a').join('\n') }, ['arguments']],
  ] as const)('says which fields are wrong: %j', (changes, wrong) => {
    expect(readDraft(draft(changes as never))).toEqual({ given: null, wrong: new Set(wrong) });
  });

  it('keeps the secret, changes it or takes it away', () => {
    const secret = (changes: Parameters<typeof draft>[0]) =>
      readDraft(draft({ kind: 'webhook', url: 'https://x.example/', ...changes })).given?.secret;
    expect([secret({}), secret({ secret: 's' }), secret({ dropSecret: true })]).toEqual([null, 's', '']);
  });
});
