import { describe, expect, it } from 'vitest';
import { sampleAnnotation } from '#renderer/gallery/call-log-samples.ts';
import { sampleLoggedCall } from '#renderer/gallery/samples.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import { useFollowUpsStore } from './follow-ups-store.ts';

describe('follow-ups', () => {
  it('are due when the agent says so, even where the clock of the window is behind', () => {
    const window = testWindow();
    const followUps = window.run(() => useFollowUpsStore());
    const annotation = sampleAnnotation({ followUpAt: Date.now() + 30_000 });
    window.bridge.emit('callLog.followUpsDue', { calls: [sampleLoggedCall({ id: 'a' }, { annotation })] });
    expect(followUps.shown).toHaveLength(1);
    const done = { ...annotation, followUpDoneAt: Date.now() };
    window.bridge.emit('callLog.annotated', { call: sampleLoggedCall({ id: 'a' }, { annotation: done }) });
    expect(followUps.shown).toHaveLength(0);
  });
});
