import { mount } from '@vue/test-utils';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { sampleAnnotation, sampleDay, sampleYears } from '#renderer/gallery/call-log-samples.ts';
import { useContactEditorStore } from '#renderer/features/people/contact-editor-store.ts';
import { sampleDirectories, samplePeople } from '#renderer/gallery/people-samples.ts';
import { sampleRecord } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useCallFilterStore } from './call-filter-store.ts';
import { useCallLogStore } from './call-log-store.ts';
import RecordDetail from './RecordDetail.vue';

async function open(id: string, part: Partial<ReturnType<typeof emptyState>> = sampleDay()) {
  const window = testWindow({ ...emptyState(), ...part });
  const [log, filters] = window.run(() => [useCallLogStore(), useCallFilterStore()]);
  log.select(await log.get(id));
  // As the window shows it: what the store knows anew, the detail shows anew.
  const holder = defineComponent({ setup: () => () => log.selected && h(RecordDetail, { logged: log.selected }) });
  const detail = mount(holder, { global: window.global, attachTo: document.body });
  await settle();
  const at = (testId: string) => detail.get(`[data-testid=${testId}]`);
  const has = (testId: string) => detail.find(`[data-testid=${testId}]`).exists();
  const annotated = () => window.commands('callLog.annotate').map((args) => (args as { patch: object }).patch);
  return { ...window, log, filters, detail, at, has, annotated };
}

describe('the record of a call', () => {
  // A part that is loaded when it is needed takes its time where many tests run.
  beforeAll(() => import('#renderer/features/people/LinkDialog.vue'));
  it('shows the person as known now, and the name as it was then', async () => {
    const { at } = await open('olga');
    expect(at('record-who').text()).toBe('Ольга Демидова');
    expect(at('record-name-then').text()).toBe('тогда: Ольга');
  });

  it('takes an outcome, tags and a time to call again', async () => {
    const { at, annotated } = await open('maria');
    await at('outcome-field').setValue('Думает');
    await at('tag-field').setValue('счёт, срочно');
    await at('tag-field').trigger('keydown', { key: 'Enter' });
    await at('time-other').setValue('2026-11-27T12:00');
    expect(annotated()).toEqual([
      { outcome: 'Думает' },
      { tags: ['счёт', 'срочно'] },
      { followUpAt: new Date(2026, 10, 27, 12).getTime() },
    ]);
    await settle();
    expect(at('follow-up-band').text()).toContain('Договор на подписи');
  });

  it('tells of a promise to call again until it is done', async () => {
    const { at, has } = await open('ivan');
    expect(at('follow-up-band').text()).toContain('Просит счёт до пятницы');
    await at('follow-up-done').trigger('click');
    await settle();
    expect(has('follow-up-band')).toBe(false);
  });

  it('has a switch for what is handled, with missed calls alone', async () => {
    const { at, annotated } = await open('unknown');
    await at('record-handled').trigger('click');
    expect(annotated()).toEqual([{ handled: true }]);
    expect((await open('accounts')).has('record-handled')).toBe(false);
  });

  it('gives an unknown number a name', async () => {
    const { at, commands, has } = await open('unknown');
    await at('name-person').trigger('click');
    await at('name-input').setValue(' Пётр Лебедев ');
    await at('name-form').trigger('submit');
    await settle();
    expect(commands('people.name')).toEqual([{ partyKey: '+79160000017', name: 'Пётр Лебедев' }]);
    expect(at('record-who').text()).toBe('Пётр Лебедев');
    expect(has('name-form')).toBe(false);
  });

  it('tells a failure to keep an outcome, and leaves what was typed', async () => {
    const { at, bridge } = await open('maria');
    bridge.state.broken = ['callLog.annotate'];
    await at('outcome-field').setValue('Отказ');
    await settle();
    expect((at('outcome-field').element as HTMLInputElement).value).toBe('Отказ');
  });

  it('shows the whole history of the person, a page at a time, and leads to it in the list', async () => {
    const one = sampleRecord({}).number;
    const records = sampleYears(400).map((record) => ({ ...record, number: one, partyKey: one }));
    const { at, detail, filters } = await open('call-0', { records });
    expect(at('history-summary').text()).toMatch(/^400 звонков · последний разговор/);
    expect(detail.findAll('[data-testid=history-call]')).toHaveLength(100);
    await at('history-more').trigger('click');
    await settle();
    expect(detail.findAll('[data-testid=history-call]')).toHaveLength(400);
    await at('history-in-list').trigger('click');
    expect(filters.filter).toEqual({ partyKey: one });
  });

  it('lists its changes when they are unfolded, those of one minute as one', async () => {
    const { at, bridge } = await open('maria', {
      ...sampleDay(),
      added: { maria: { annotation: sampleAnnotation({ note: 'а' }) } },
    });
    for (const note of ['аб', 'абв']) await bridge.call('callLog.annotate', { callId: 'maria', patch: { note } });
    await settle();
    const changes = at('changes');
    (changes.element as HTMLDetailsElement).open = true;
    await changes.trigger('toggle');
    await settle();
    expect(changes.findAll('li')).toHaveLength(1);
    expect(changes.get('del').text()).toBe('а');
    expect(changes.get('ins').text()).toBe('абв');
  });

  it('cannot call a withheld number, and has no history of nobody', async () => {
    const { has } = await open('withheld');
    expect([has('record-detail-call'), has('person-history'), has('name-person'), has('favourite-star')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  const office = () => ({ ...sampleDay(), people: samplePeople(), directories: sampleDirectories() });

  it('leads to the page of the person, and to their card', async () => {
    const { at, commands } = await open('accounts', {
      ...office(),
      added: { accounts: { person: { id: samplePeople()[0]!.id, name: 'Ольга Демидова' } } },
    });
    await at('record-person-card').trigger('click');
    await at('record-person-open').trigger('click');
    expect(commands('people.card')).toEqual([{ personId: samplePeople()[0]!.id }, { personId: samplePeople()[0]!.id }]);
    expect(useScreenStore().screen).toBe('people');
  });

  it('makes a contact of an unknown number, with the number filled in', async () => {
    const { at } = await open('unknown', office());
    await at('record-person-create').trigger('click');
    expect(useContactEditorStore().editing?.draft.numbers).toEqual([{ text: '+7 916 000-00-17', label: 'mobile' }]);
  });

  it('links a call to a person by hand, whatever its number says, and takes that back', async () => {
    const { at, annotated, has } = await open('withheld', office());
    await at('record-person-link').trigger('click');
    await vi.waitFor(() => expect(document.querySelector('[data-testid=picker-search]')).not.toBeNull());
    const search = document.querySelector<HTMLInputElement>('[data-testid=picker-search]')!;
    search.value = 'петров';
    search.dispatchEvent(new Event('input'));
    await vi.waitFor(() =>
      expect(document.querySelector('[data-testid=picker-person]')?.textContent).toContain('Иван Петров'),
    );
    document.querySelector<HTMLElement>('[data-testid=picker-person]')!.click();
    await settle();
    expect(annotated()).toEqual([{ personId: 'sheet-Иван Петров' }]);
    expect(at('record-who').text()).toBe('Иван Петров');
    await at('record-person-unlink').trigger('click');
    await settle();
    expect(annotated().at(-1)).toEqual({ personId: null });
    expect(has('record-person-unlink')).toBe(false);
  });
});
