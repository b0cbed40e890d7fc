import { describe, expect, it } from 'vitest';
import { sampleSource } from '#renderer/gallery/sample-sources.ts';
import { configOf, draftOf, readDraft } from './journal-draft.ts';

const onec = sampleSource({ id: 'd', kind: 'onec' });

describe('a journal as it is written', () => {
  it('goes through the first connection to 1C that there is', () => {
    expect(readDraft(draftOf(null, [sampleSource(), onec]))).toEqual({
      ...{ id: null, enabled: true, calls: 'answered', internal: false },
      config: { kind: 'onec', directoryId: 'd' },
    });
  });

  it('is none without a connection', () => {
    expect(readDraft(draftOf(null, [sampleSource()]))).toBeNull();
    expect(configOf({ ...draftOf(null, [onec]), kind: 'graph', directoryId: '' })).toBeNull();
  });

  it('takes what its kind can make', () => {
    const draft = draftOf(null, []);
    expect(configOf({ ...draft, kind: 'outlook' })).toEqual({ kind: 'outlook', write: 'journal' });
    expect(configOf({ ...draft, kind: 'outlook', write: 'task' })).toEqual({ kind: 'outlook', write: 'task' });
    expect(configOf({ ...draft, kind: 'graph', directoryId: 'g', write: 'journal' })).toMatchObject({
      write: 'appointment',
    });
  });
});
