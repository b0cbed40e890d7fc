import { describe, expect, it } from 'vitest';
import type { CommandInput } from '#contract/ipc/index.ts';
import { DemoBridge, emptyState } from '#renderer/bridge/demo-bridge.ts';
import { sampleCrowd } from '#renderer/gallery/people-samples.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { usePeoplePages } from './people-pages.ts';

const all = { text: '', directoryId: null };

function build(count = 100_000) {
  const bridge = new DemoBridge({ ...emptyState(), crowd: sampleCrowd(count) });
  const asked = () =>
    bridge.calls
      .filter(({ command }) => command === 'people.list')
      .map(({ args }) => (args as CommandInput<'people.list'>).offset);
  return { bridge, pages: usePeoplePages(bridge), asked };
}

describe('the pages of people', () => {
  it('are asked for where the list is, not from its beginning to there', async () => {
    const { pages, asked } = build();
    await pages.show(all);
    pages.look(50_000, 50_012);
    await settle();
    expect(asked()).toEqual([0, 50_000]);
    expect(pages.rowAt(50_003)?.id).toBe('crowd-50003');
    expect(pages.rowAt(40_000)).toBeNull();
  });

  it('keep pace with a scroll bar that is dragged: two at once, and then those of the place it has come to', async () => {
    const { bridge, pages, asked } = build();
    await pages.show(all);
    const answers: (() => void)[] = [];
    bridge.answer(
      'people.list',
      () =>
        new Promise((resolve) => {
          answers.push(() => resolve({ total: 100_000, rows: [], version: 1 }));
        }),
    );
    for (const from of [1000, 20_000, 50_000, 70_000]) pages.look(from, from + 12);
    expect(asked()).toEqual([0, 1000, 20_000]);
    answers.forEach((answer) => answer());
    await settle();
    expect(asked()).toEqual([0, 1000, 20_000, 70_000]);
  });

  it('hold a bounded number of rows, however far it is scrolled', async () => {
    const { pages } = build(9000);
    await pages.show(all);
    for (let from = 0; from < 9000; from += 100) {
      pages.look(from, from + 12);
      await settle();
    }
    expect(pages.pages.value.size).toBeLessThanOrEqual(60);
  });

  it('keep what is looked at in its place when people come before it', async () => {
    const { bridge, pages } = build(500);
    await pages.show(all);
    pages.look(250, 262);
    await settle();
    const looked = pages.rowAt(250)!.id;
    const added = sampleCrowd(3).map((person, index) => ({ ...person, id: `new-${index}` }));
    bridge.state.crowd = [...added, ...bridge.state.crowd];
    pages.renew();
    await settle();
    expect(pages.shift.value).toEqual({ by: 3 });
    expect(pages.rowAt(253)?.id).toBe(looked);
  });

  it('ask again only for what is in sight when people have changed, and show what they had until then', async () => {
    const { pages, asked } = build(500);
    await pages.show(all);
    pages.look(0, 12);
    pages.look(300, 312);
    await settle();
    const before = asked().length;
    pages.look(0, 12);
    pages.renew();
    expect(pages.rowAt(305)?.id).toBe('crowd-305');
    await settle();
    expect(asked().slice(before)).toEqual([0]);
  });

  it('show the answer to the latest question, whichever comes last', async () => {
    const { bridge, pages } = build(3);
    const answers: ((total: number) => void)[] = [];
    bridge.answer(
      'people.list',
      () =>
        new Promise((resolve) => {
          answers.push((total) => resolve({ total, rows: [], version: 1 }));
        }),
    );
    void pages.show({ ...all, text: 'а' });
    void pages.show({ ...all, text: 'аб' });
    answers[1]!(2);
    answers[0]!(1);
    await settle();
    expect([pages.total.value, pages.shown.value?.text]).toEqual([2, 'аб']);
  });

  it('stay when a page cannot be read, and go on when it is asked for again', async () => {
    const { bridge, pages } = build(500);
    await pages.show(all);
    bridge.state.broken = ['people.list'];
    pages.look(200, 212);
    await settle();
    expect(pages.error.value?.code).toBe('storage.failed');
    expect(pages.rowAt(5)).not.toBeNull();
    bridge.state.broken = [];
    pages.retry();
    await settle();
    expect(pages.rowAt(205)?.id).toBe('crowd-205');
    expect(pages.error.value).toBeNull();
  });
});
