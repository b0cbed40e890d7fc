import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import type { LoggedCall } from '#contract/ipc/index.ts';
import { sampleRecord } from '#renderer/gallery/samples.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import { useNotesStore } from './notes-store.ts';

function build() {
  const window = testWindow({
    ...emptyState(),
    records: [sampleRecord({ id: 'a' }), sampleRecord({ id: 'b', offeredAt: 1 })],
  });
  const notes = window.run(() => useNotesStore());
  const saved = () => window.commands('callLog.annotate');
  return { ...window, notes, saved };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const note = (text: string) => ({ callId: 'a', patch: { note: text } });

describe('a note', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('saves itself after a pause, once for what was typed in one go', async () => {
    const { notes, saved } = build();
    notes.edit('a', 'Про');
    await pass(600);
    notes.edit('a', 'Просит счёт');
    expect(notes.stateOf('a')).toBe('typing');
    await pass(900);
    expect(saved()).toEqual([]);
    await pass(200);
    expect(saved()).toEqual([note('Просит счёт')]);
    expect([notes.stateOf('a'), notes.textOf('a')]).toEqual(['saved', 'Просит счёт']);
  });

  it('is saved at once when its field is left, and not a second time', async () => {
    const { notes, saved } = build();
    notes.edit('a', 'Счёт');
    await notes.save('a');
    await pass(5000);
    expect(saved()).toEqual([note('Счёт')]);
  });

  it('is kept when it cannot be saved, says so, and is tried again', async () => {
    const { notes, bridge, saved } = build();
    bridge.state.broken = ['callLog.annotate'];
    notes.edit('a', 'Важно');
    await pass(1100);
    expect([notes.stateOf('a'), notes.textOf('a')]).toEqual(['failed', 'Важно']);
    bridge.state.broken = [];
    await pass(5100);
    expect(saved().at(-1)).toEqual(note('Важно'));
    expect(notes.stateOf('a')).toBe('saved');
  });

  it('waits for the record of a call that has just begun', async () => {
    const { notes, bridge, saved } = build();
    const { records } = bridge.state;
    bridge.state.records = [];
    notes.edit('a', 'Сразу');
    await pass(1100);
    expect(notes.stateOf('a')).toBe('failed');
    bridge.state.records = records;
    await pass(5100);
    expect(saved()).toHaveLength(2);
    expect(notes.stateOf('a')).toBe('saved');
  });

  it('goes on being typed while it is saved: nothing of it is lost, and one save follows the other', async () => {
    const { notes, bridge } = build();
    const texts: string[] = [];
    let answer: () => void = () => {};
    bridge.answer('callLog.annotate', ({ patch }) => {
      texts.push(patch.note ?? '');
      return new Promise((resolve) => (answer = () => resolve({ record: bridge.state.records[0] } as LoggedCall)));
    });
    notes.edit('a', 'Одно');
    await pass(1000);
    notes.edit('a', 'Одно и другое');
    await pass(3000);
    expect(texts).toEqual(['Одно']);
    answer();
    await pass(1100);
    expect(texts).toEqual(['Одно', 'Одно и другое']);
    answer();
    await pass(0);
    expect([notes.stateOf('a'), notes.textOf('a')]).toEqual(['saved', 'Одно и другое']);
  });

  it('follows what another window writes, unless it is being typed here', async () => {
    const { notes, bridge } = build();
    notes.learn('a', 'старое');
    await bridge.call('callLog.annotate', { callId: 'a', patch: { note: 'новое' } });
    expect(notes.textOf('a')).toBe('новое');
    notes.edit('a', 'своё');
    await bridge.call('callLog.annotate', { callId: 'a', patch: { note: 'чужое' } });
    expect(notes.textOf('a')).toBe('своё');
    await pass(1100);
  });

  it('goes with a call that was erased while it was typed, and is not tried for ever', async () => {
    const { notes, bridge, saved } = build();
    notes.edit('a', 'об ушедшем');
    notes.edit('b', 'о другом');
    bridge.state.records = bridge.state.records.filter(({ id }) => id !== 'a');
    bridge.emit('records.replaced', {});
    await pass(20_000);
    expect(notes.textOf('a')).toBe('');
    expect(saved()).toEqual([{ callId: 'b', patch: { note: 'о другом' } }]);
  });

  it('of one call is not that of another', async () => {
    const { notes, saved } = build();
    notes.edit('a', 'первый');
    notes.edit('b', 'второй');
    await notes.saveAll();
    expect(saved()).toEqual([note('первый'), { callId: 'b', patch: { note: 'второй' } }]);
  });
});
