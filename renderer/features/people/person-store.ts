import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { PartyCard } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { openAddress } from './open-address.ts';

/** The person whose page is shown, and the user's word on who is one person. */
export const usePersonStore = defineStore('person', () => {
  const bridge = useBridge();
  const id = ref<string | null>(null);
  const card = shallowRef<PartyCard | null>(null);
  const busy = ref(false);
  const error = shallowRef<ErrorReport | null>(null);
  /** What can be undone: the pins that the last merging or separating has set, and for whom it is offered. */
  const undoable = shallowRef<{ kind: 'merged' | 'separated'; pinIds: readonly number[]; personId: string } | null>(
    null,
  );
  const person = computed(() => card.value?.matches[0]?.person ?? null);
  /** Not in the directories any more. */
  const gone = computed(() => card.value !== null && person.value === null);
  const visible = ref(false);
  let asked = 0;

  async function load(): Promise<void> {
    const personId = id.value;
    if (personId === null) return;
    const mine = ++asked;
    busy.value = true;
    try {
      const answer = await bridge.call('people.card', { personId });
      if (mine !== asked) return;
      [card.value, error.value] = [answer, null];
    } catch (problem) {
      if (mine === asked) error.value = toReport(problem);
    }
    if (mine === asked) busy.value = false;
  }

  async function show(personId: string | null): Promise<void> {
    if (personId !== id.value) [card.value, error.value, undoable.value] = [null, null, null];
    id.value = personId;
    await load();
  }

  /** The page is on the screen from now on, or no longer: what is not seen is not asked for. */
  function appear(seen: boolean): void {
    visible.value = seen;
    if (seen) void load();
  }

  const renew = () => visible.value && void load();
  bridge.on('people.changed', renew);
  bridge.on('records.replaced', renew);
  bridge.onConnection((state) => state === 'open' && renew());
  bridge.on('callLog.recorded', ({ record }) => {
    if (person.value?.numbers.some(({ partyKey }) => partyKey === record.partyKey)) renew();
  });
  bridge.on('callLog.annotated', ({ call }) => {
    const ids = [...(card.value?.calls ?? []), ...(card.value?.followUps ?? [])].map(({ record }) => record.id);
    if (ids.includes(call.record.id) || call.annotation?.personId === id.value) renew();
  });

  /** Does it, and remembers which pins came of it. */
  async function pinning(kind: 'merged' | 'separated', work: () => Promise<string>): Promise<void> {
    const before = new Set((await bridge.call('people.pins', {})).map((pin) => pin.id));
    const personId = await work();
    const after = await bridge.call('people.pins', {});
    const pinIds = after.map((pin) => pin.id).filter((pinId) => !before.has(pinId));
    await show(personId);
    undoable.value = { kind, pinIds, personId };
  }

  const merge = (personIds: string[]) =>
    pinning('merged', async () => (await bridge.call('people.merge', { personIds })).personId);

  /** The entry that is taken out is another person then; the page stays with the one that it is taken from. */
  function separate(handle: string): Promise<void> {
    const stays = person.value?.entries.find((entry) => entry.handle !== handle)?.handle;
    return pinning('separated', async () => {
      const { personId } = await bridge.call('people.separate', { handle });
      return stays ?? personId;
    });
  }

  async function unpin(pinIds: readonly number[]): Promise<void> {
    if (pinIds.length > 0) await bridge.call('people.unpin', { pinIds: [...pinIds] });
    undoable.value = null;
    await load();
  }

  async function remove(handle: string): Promise<void> {
    await bridge.call('people.remove', { handle });
  }

  /** Where it lives: its address is opened by this window, everything else by the agent. */
  async function open(handle: string): Promise<void> {
    const answer = await bridge.call('people.open', { handle });
    if ('url' in answer) openAddress(answer.url);
  }

  return { id, card, person, gone, busy, error, undoable, appear, load, show, merge, separate, unpin, remove, open };
});
