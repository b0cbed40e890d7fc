import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { sampleRecord } from '#renderer/gallery/samples.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import { useCallLogStore } from './call-log-store.ts';
import RecordList from './RecordList.vue';

const missedAt = (offeredAt: number) => sampleRecord({ offeredAt, disposition: 'missed', answeredAt: null });

function build() {
  const window = testWindow();
  const log = window.run(() => useCallLogStore());
  const list = mount(RecordList, { global: window.global, props: { withoutTabs: false } });
  const record = async (offeredAt: number) => {
    window.bridge.emit('callLog.recorded', { record: missedAt(offeredAt) });
    await nextTick();
  };
  return { log, list, record };
}

describe('missed calls', () => {
  it('are new until their list is looked at', async () => {
    const { log, list, record } = build();
    await record(1000);
    await record(2000);
    expect(log.unseenMissed).toHaveLength(2);
    await list.get('[data-testid=records-missed]').trigger('click');
    expect(log.unseenMissed).toHaveLength(0);
    expect(log.missed).toHaveLength(2);
  });

  it('are new again when one more comes while another list is shown', async () => {
    const { log, list, record } = build();
    await record(1000);
    await list.get('[data-testid=records-missed]').trigger('click');
    await list.get('[data-testid=records-all]').trigger('click');
    await record(2000);
    expect(log.unseenMissed.map(({ offeredAt }) => offeredAt)).toEqual([2000]);
  });

  it('stay new when they come to a window out of sight', async () => {
    const { log, list, record } = build();
    await list.get('[data-testid=records-missed]').trigger('click');
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    await record(1000);
    expect(log.unseenMissed).toHaveLength(1);
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
    await nextTick();
    expect(log.unseenMissed).toHaveLength(0);
  });
});
