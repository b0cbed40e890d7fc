import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { sampleAnnotation } from '#renderer/gallery/call-log-samples.ts';
import { sampleCall, sampleRecord } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useFollowUpsStore } from './follow-ups-store.ts';
import ReminderList from './ReminderList.vue';

const minute = 60_000;

async function build() {
  const due = { annotation: sampleAnnotation({ note: 'Просит счёт', followUpAt: Date.now() - minute }) };
  const later = { annotation: sampleAnnotation({ followUpAt: Date.now() + minute }) };
  const records = ['a', 'b', 'c'].map((id, index) =>
    sampleRecord({ id, offeredAt: 1000 - index, name: `Абонент ${id}` }),
  );
  const window = testWindow({ ...emptyState(), records, added: { a: due, b: due, c: later } });
  const [followUps, log, calls] = window.run(() => [useFollowUpsStore(), useCallLogStore(), useCallsStore()]);
  await followUps.load();
  const list = mount(ReminderList, { global: window.global, attachTo: document.body });
  const shown = () => list.findAll('[data-testid=reminder]').map((one) => one.get('.who span').text());
  return { ...window, followUps, log, calls, list, shown };
}

describe('reminders', () => {
  afterEach(() => {
    document.body.innerHTML = '';
  });

  it('of what is due stand in one list, with who and the note', async () => {
    const { list, shown } = await build();
    expect(shown()).toEqual(['Абонент a', 'Абонент b']);
    expect(list.text()).toContain('Пора перезвонить: 2 звонка');
    expect(list.text()).toContain('Просит счёт');
  });

  it('come at their time, without taking the keyboard', async () => {
    const { bridge, log, shown } = await build();
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    const call = await log.get('c');
    bridge.emit('callLog.followUpsDue', {
      calls: [{ ...call!, annotation: sampleAnnotation({ followUpAt: Date.now() - 1 }) }],
    });
    await settle();
    expect(shown()).toHaveLength(3);
    expect(document.activeElement).toBe(input);
  });

  it('go when they are done or put off, also by another window', async () => {
    const { bridge, list, shown, commands } = await build();
    await list.get('[data-testid=reminder-done]').trigger('click');
    await settle();
    expect(commands('callLog.annotate')).toEqual([{ callId: 'a', patch: { followUpDone: true } }]);
    expect(shown()).toEqual(['Абонент b']);
    await bridge.call('callLog.annotate', { callId: 'b', patch: { snoozedUntil: Date.now() + minute } });
    await settle();
    expect(list.find('[data-testid=reminders]').exists()).toBe(false);
  });

  it('call, and open the record', async () => {
    const { list, commands, log, shown } = await build();
    await list.get('[data-testid=reminder-call]').trigger('click');
    expect(commands('calls.place')).toHaveLength(1);
    await settle();
    await list.get('[data-testid=reminder-open]').trigger('click');
    expect(log.selectedId).toBe('b');
    expect(shown()).toEqual([]);
  });

  it('that were hidden come again when they fall due anew', async () => {
    const { bridge, list, log, shown } = await build();
    await list.get('[data-testid=reminders-hide]').trigger('click');
    expect(shown()).toEqual([]);
    const call = await log.get('a');
    const annotation = { ...call!.annotation!, snoozedUntil: Date.now() - 1 };
    bridge.emit('callLog.followUpsDue', { calls: [{ ...call!, annotation }] });
    await settle();
    expect(shown()).toEqual(['Абонент a']);
  });

  it('leave it to the record that is open to say so', async () => {
    const { list, log, shown } = await build();
    log.select(await log.get('a'));
    await settle();
    expect(shown()).toEqual(['Абонент b']);
    expect(list.text()).toContain('1 звонок');
    log.select(null);
    await settle();
    expect(shown()).toHaveLength(2);
  });

  it('wait while the phone rings', async () => {
    const { calls, list } = await build();
    calls.mirror([sampleCall({ direction: 'incoming', state: 'offering', answeredAt: null })]);
    await settle();
    expect(list.find('[data-testid=reminders]').exists()).toBe(false);
  });
});
