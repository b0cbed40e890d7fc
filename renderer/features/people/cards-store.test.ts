import { describe, expect, it } from 'vitest';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { defaultSettings } from '#contract/settings.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';
import { sampleMatch, sampleOlga } from '#renderer/gallery/people-samples.ts';
import { party, sampleCall } from '#renderer/gallery/samples.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { useCardsStore } from './cards-store.ts';
import { peopleWindow } from './people-window.test-support.ts';

const olga = party({ number: '+79030000042', display: '+7 903 000-00-42' });
const ringing = sampleCall({
  id: 'in',
  direction: 'incoming',
  state: 'offering',
  answeredAt: null,
  remote: olga,
  match: sampleMatch(sampleOlga()),
});

function build() {
  const window = peopleWindow();
  const [cards, settings] = window.run(() => {
    useCallsStore();
    return [useCardsStore(), useSettingsStore()] as const;
  });
  const change = async (...calls: CallSnapshot[]) => {
    window.bridge.emit('calls.changed', { calls });
    await settle();
  };
  return { ...window, cards, settings, change };
}

describe('cards', () => {
  it('are asked for once a call, whatever changes about it', async () => {
    const { cards, change, commands } = build();
    await change(ringing);
    await change({ ...ringing, state: 'connected', answeredAt: 1 });
    expect(commands('people.card')).toEqual([{ number: '+79030000042' }]);
    expect(cards.ofCall('in')?.card?.matches[0]?.person.name).toBe('Ольга Демидова');
  });

  it('ask with an extension of any length as one number with its extension', async () => {
    const { change, commands } = build();
    await change({ ...ringing, remote: { ...olga, extension: '12' } });
    await change({ ...ringing, id: 'long', remote: { ...olga, extension: '1234567' } });
    expect(commands('people.card')).toEqual([{ number: '+79030000042,12' }, { number: '+79030000042;ext=1234567' }]);
  });

  it('go when the call is over, and stay where the user keeps them', async () => {
    const { cards, change } = build();
    await change(ringing);
    await change();
    expect(cards.states.size).toBe(0);
    await change({ ...ringing, id: 'next' });
    cards.pin('call/next', true);
    expect(cards.floating).toEqual([]);
    await change();
    expect(cards.floating.map(({ key }) => key)).toEqual(['call/next']);
    cards.close('call/next');
    expect(cards.states.size).toBe(0);
  });

  it('are shown as the settings say: for everybody, for those who are known, or not at all', async () => {
    const { cards, settings, change } = build();
    const unknown = { ...ringing, id: 'unknown', match: null };
    const outgoing = sampleCall({ id: 'out', remote: olga, match: ringing.match });
    settings.mirror({ ...defaultSettings, cardOnIncoming: 'known', cardOnOutgoing: 'never' });
    await change(ringing, unknown, outgoing);
    expect([...cards.states.keys()]).toEqual(['call/in']);
  });

  it('have nothing to say of a withheld number', async () => {
    const { cards, change } = build();
    await change({ ...ringing, remote: party({ withheld: true, number: null, display: '' }), match: null });
    expect(cards.states.size).toBe(0);
  });

  it('are opened on demand, three at most', async () => {
    const { cards } = build();
    for (const partyKey of ['1', '2', '3', '4', '2']) cards.open({ partyKey }, partyKey);
    await settle();
    expect(cards.floating.map(({ title }) => title)).toEqual(['3', '4', '2']);
  });

  it('remember who of several is meant', async () => {
    const { cards, commands } = build();
    cards.open({ partyKey: '204' }, '204');
    await settle();
    const store = cards.floating[0]!.card!.matches[1]!.person;
    await cards.choose('204', store.id);
    await settle();
    expect(commands('people.choose')).toEqual([{ partyKey: '204', personId: store.id }]);
    expect(cards.floating[0]!.card!.matches[0]!.person.id).toBe(store.id);
  });

  it('say it when they cannot be read, and come when they are asked for again', async () => {
    const { cards, bridge, change } = build();
    bridge.state.broken = ['people.card'];
    await change(ringing);
    expect(cards.ofCall('in')?.error?.code).toBe('storage.failed');
    bridge.state.broken = [];
    await cards.load('call/in');
    expect(cards.ofCall('in')?.error).toBeNull();
    expect(cards.ofCall('in')?.card).not.toBeNull();
  });
});
