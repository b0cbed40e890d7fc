import { describe, expect, it } from 'vitest';
import { sampleOlga } from '#renderer/gallery/people-samples.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { peopleWindow } from './people-window.test-support.ts';
import { usePersonStore } from './person-store.ts';

async function build() {
  const window = peopleWindow();
  const store = window.run(() => usePersonStore());
  await store.show(sampleOlga().id);
  return { ...window, store, asked: () => window.commands('people.card').length };
}

describe('the person that is shown', () => {
  it('is asked for again when people change, while somebody looks', async () => {
    const { store, bridge, asked } = await build();
    bridge.emit('people.changed', { version: 2, total: 6 });
    await settle();
    expect(asked()).toBe(1);
    store.appear(true);
    bridge.state.people[0]!.name = 'Ольга Белова';
    bridge.emit('people.changed', { version: 3, total: 6 });
    await settle();
    expect(store.person?.name).toBe('Ольга Белова');
  });

  it('is asked for again when the agent is there again, which told nothing meanwhile', async () => {
    const { store, bridge } = await build();
    store.appear(true);
    bridge.lose();
    bridge.state.people[0]!.name = 'Ольга Белова';
    bridge.start();
    await settle();
    expect(store.person?.name).toBe('Ольга Белова');
  });

  it('is said to be gone where no directory has them any more', async () => {
    const { store, bridge } = await build();
    bridge.state.people = [];
    await store.load();
    expect([store.person, store.gone]).toEqual([null, true]);
  });

  it('stays on the screen where it cannot be read anew', async () => {
    const { store, bridge } = await build();
    bridge.state.broken = ['people.card'];
    await store.load();
    expect([store.person?.name, store.error?.code]).toEqual(['Ольга Демидова', 'storage.failed']);
  });

  it('offers to undo only what came of the last merging', async () => {
    const { store, commands } = await build();
    await store.merge([sampleOlga().id, 'ldap-Склад']);
    expect(store.undoable?.pinIds).toHaveLength(1);
    await store.unpin(store.undoable!.pinIds);
    expect(commands('people.unpin')).toEqual([{ pinIds: [101] }]);
    expect([store.undoable, store.person?.entries.length]).toEqual([null, 3]);
  });
});
