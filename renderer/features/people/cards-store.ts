import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { CallSnapshot, CommandInput, PartyCard } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { isLive } from '#renderer/features/call/call-list.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { withExtension } from '#renderer/features/call/with-extension.ts';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';

type CardQuestion = CommandInput<'people.card'>;

export interface CardState {
  /** Equal for the same party: `call/…`, `person/…` or `party/…`. */
  key: string;
  question: CardQuestion;
  /** Who it seemed to be when the card was asked for; shown until more is known. */
  title: string;
  callId: string | null;
  /** Null until it has come. */
  card: PartyCard | null;
  error: ErrorReport | null;
  pinned: boolean;
}

const mostKept = 3;

function keyOf(question: CardQuestion): string {
  if ('personId' in question) return `person/${question.personId}`;
  return `party/${'partyKey' in question ? question.partyKey : question.number}`;
}

function questionOf({ remote }: CallSnapshot): CardQuestion | null {
  const number = remote.number ?? remote.display;
  if (remote.withheld || number === '') return null;
  return { number: withExtension(number, remote.extension) };
}

/** The cards of the calls that are there, and those that the user keeps. */
export const useCardsStore = defineStore('cards', () => {
  const bridge = useBridge();
  const [calls, settings] = [useCallsStore(), useSettingsStore()];
  const states = shallowRef<ReadonlyMap<string, CardState>>(new Map());
  /** Whether the longer part stands beside a call that rings; null until the user has said. */
  const unfolded = ref<boolean | null>(null);

  const live = computed(() => new Set(calls.calls.filter(isLive).map(({ id }) => id)));
  const ofCall = (callId: string) => states.value.get(`call/${callId}`) ?? null;
  const hasCall = ({ callId }: CardState) => callId !== null && live.value.has(callId);
  /** Those that the user keeps, and that belong to no call that is still there. */
  const floating = computed(() => [...states.value.values()].filter((state) => state.pinned && !hasCall(state)));

  function put(state: CardState): void {
    states.value = new Map([...states.value, [state.key, state] as const]);
  }

  function change(key: string, part: Partial<CardState>): void {
    const state = states.value.get(key);
    if (state) put({ ...state, ...part });
  }

  async function load(key: string): Promise<void> {
    const state = states.value.get(key);
    if (!state) return;
    try {
      const card = await bridge.call('people.card', state.question);
      change(key, { card, error: null });
    } catch (problem) {
      change(key, { error: toReport(problem) });
    }
  }

  /** The user may want none, or only those of people who are known. */
  function isWanted(call: CallSnapshot): boolean {
    const { cardOnIncoming, cardOnOutgoing } = settings.values;
    const wanted = call.direction === 'incoming' ? cardOnIncoming : cardOnOutgoing;
    return wanted === 'always' || (wanted === 'known' && call.match !== null);
  }

  function follow(all: readonly CallSnapshot[]): void {
    const next = new Map([...states.value].filter(([, state]) => state.pinned || hasCall(state)));
    const fresh: string[] = [];
    for (const call of all.filter(isLive)) {
      const [key, question] = [`call/${call.id}`, questionOf(call)];
      const known = next.get(key);
      if (!question || !isWanted(call)) continue;
      // Somebody else may have answered than who was called.
      if (known && JSON.stringify(known.question) === JSON.stringify(question)) continue;
      const title = call.match?.person.name ?? call.remote.name ?? call.remote.display;
      next.set(key, { key, question, title, callId: call.id, card: null, error: null, pinned: known?.pinned ?? false });
      fresh.push(key);
    }
    states.value = next;
    for (const key of fresh) void load(key);
  }
  watch([() => calls.calls, () => settings.values], () => follow(calls.calls), { immediate: true });

  function close(key: string): void {
    states.value = new Map([...states.value].filter(([one]) => one !== key));
  }

  /** The one that was kept last comes last, and the first makes room for it. */
  function keep(state: CardState): void {
    close(state.key);
    put({ ...state, pinned: true });
    const [oldest, ...others] = floating.value;
    if (oldest && others.length >= mostKept) close(oldest.key);
  }

  function pin(key: string, pinned: boolean): void {
    const state = states.value.get(key);
    if (!state) return;
    if (pinned) keep(state);
    else if (hasCall(state)) put({ ...state, pinned });
    else close(key);
  }

  /** Shows somebody's card because the user asks; it stays until it is closed. */
  function open(question: CardQuestion, title: string): void {
    const key = keyOf(question);
    const known = states.value.get(key);
    keep({ key, question, title, callId: null, card: known?.card ?? null, error: null, pinned: true });
    void load(key);
  }

  async function choose(partyKey: string, personId: string | null): Promise<void> {
    await bridge.call('people.choose', { partyKey, personId });
    renew();
  }

  const renew = () => [...states.value.keys()].forEach((key) => void load(key));
  bridge.on('people.changed', renew);
  bridge.on('people.named', renew);
  bridge.onConnection((state) => state === 'open' && renew());
  bridge.on('callLog.annotated', ({ call }) => {
    const shows = ({ card }: CardState) =>
      [...(card?.calls ?? []), ...(card?.followUps ?? [])].some(({ record }) => record.id === call.record.id);
    for (const state of states.value.values()) if (shows(state)) void load(state.key);
  });

  return { states, floating, unfolded, ofCall, pin, close, open, choose, load };
});
