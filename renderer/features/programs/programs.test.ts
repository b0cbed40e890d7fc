import { enableAutoUnmount, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { operations } from '#contract/local-api/index.ts';
import { guardMilliseconds } from '#renderer/components/use-guard.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { noPrograms } from '#renderer/bridge/demo-programs.ts';
import { sampleRequest } from '#renderer/gallery/dialling-states.ts';
import { programStates, samplePairing } from '#renderer/gallery/program-states.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useCardsStore } from '#renderer/features/people/cards-store.ts';
import AuditList from './AuditList.vue';
import PairingDialog from './PairingDialog.vue';
import ProgramsSettings from './ProgramsSettings.vue';
import { useProgramsStore } from './programs-store.ts';

enableAutoUnmount(afterEach);

const inBody = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)!;

describe('a program that asks to be let in', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const readIt = async () => {
    vi.advanceTimersByTime(guardMilliseconds);
    await nextTick();
  };
  const allow = () => inBody('pairing-allow') as HTMLButtonElement;

  async function asking(requests = [samplePairing()], read = true) {
    const parts = testWindow({ ...emptyState(), programs: { ...noPrograms(), requests } });
    const store = parts.run(useProgramsStore);
    parts.bridge.start();
    await settle();
    mount(PairingDialog, { global: parts.global, attachTo: document.body });
    await settle();
    if (read) await readIt();
    return { ...parts, store };
  }

  it('shows its name and the number that both sides have', async () => {
    await asking();
    expect(document.body.textContent).toContain('«1С:Предприятие» просит подключиться');
    expect(inBody('pairing-code').textContent).toMatch(/418\s273/);
  });

  it('waits while a number is to be dialled, and keeps what was unticked', async () => {
    const { bridge } = await asking();
    inBody('scope-people:show').click();
    await settle();
    bridge.emit('dialRequests.changed', { requests: [sampleRequest()] });
    await settle();
    expect(inBody('pairing-code')).toBeNull();
    bridge.emit('dialRequests.changed', { requests: [] });
    await settle();
    expect((inBody('scope-people:show') as HTMLInputElement).checked).toBe(false);
    expect((inBody('scope-calls:read') as HTMLInputElement).checked).toBe(true);
  });

  it('gets what the user left ticked, and nothing else', async () => {
    const { commands, store } = await asking();
    inBody('scope-people:show').click();
    await settle();
    allow().click();
    await settle();
    expect(commands('programs.approve')).toEqual([{ requestId: 'pairing-1', scopes: ['calls:read', 'calls:dial'] }]);
    expect([store.requests, store.programs.map(({ name }) => name)]).toEqual([[], ['1С:Предприятие']]);
  });

  it('gets nothing with nothing ticked, and is refused by Escape as by the button', async () => {
    const { commands } = await asking();
    for (const scope of ['calls:read', 'calls:dial', 'people:show']) inBody(`scope-${scope}`).click();
    await settle();
    expect(allow().disabled).toBe(true);
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    expect(commands('programs.refuse')).toEqual([{ requestId: 'pairing-1' }]);
  });

  it('is not let in by a click that was meant for something else', async () => {
    const other = { ...samplePairing(), id: 'pairing-2', name: 'Other' };
    const { commands } = await asking([samplePairing(), other], false);
    allow().click();
    await settle();
    expect(commands('programs.approve')).toEqual([]);
    await readIt();
    // The second of a double click falls on whoever asked next.
    allow().click();
    await settle();
    allow().click();
    await settle();
    expect(commands('programs.approve')).toMatchObject([{ requestId: 'pairing-1' }]);
    expect(document.body.textContent).toContain('«Other» просит подключиться');
    await readIt();
    allow().click();
    await settle();
    expect(commands('programs.approve')).toHaveLength(2);
  });

  it('that has gone meanwhile is said to be gone', async () => {
    const { bridge } = await asking();
    bridge.state.programs.requests = [];
    allow().click();
    await settle();
    expect(document.body.textContent).toMatch(/Этот\sзапрос\sна\sподключение\sуже\sзакрыт/);
  });
});

describe('the page of programs', () => {
  it('lists them with what they may do, and disconnects one after asking', async () => {
    const { global, commands } = testWindow(programStates(emptyState)['programs']!());
    const wrapper = mount(ProgramsSettings, { global, attachTo: document.body });
    await settle();
    expect(wrapper.text()).toContain('Видеть звонки · Предлагать звонок · Показывать карточку');
    await wrapper.get('[data-testid="disconnect-program-1"]').trigger('click');
    await settle();
    expect(commands('programs.revoke')).toEqual([]);
    inBody('confirm').click();
    await settle();
    expect(commands('programs.revoke')).toEqual([{ programId: 'program-1' }]);
    expect(wrapper.text()).not.toContain('Показывать карточку');
  });

  it('says at which other port Offhook is when its own is taken', async () => {
    const { global } = testWindow(programStates(emptyState)['programsTaken']!());
    const wrapper = mount(ProgramsSettings, { global });
    await settle();
    expect(wrapper.text()).toContain('Порт 17480 занят другой программой');
    expect(wrapper.get('[data-testid="trust-certificate"]').attributes('disabled')).toBeDefined();
  });

  it.each(Object.keys(operations).filter((name) => name !== 'pairing.await'))('has a word for %s', async (action) => {
    const programs = noPrograms();
    const entry = { id: 1, at: 0, programId: null, programName: '', action, subject: '' };
    programs.audit = [{ ...entry, outcome: 'done', times: 1 }];
    const wrapper = mount(AuditList, { global: testWindow({ ...emptyState(), programs }).global });
    await wrapper.get('[data-testid="audit-show"]').trigger('click');
    await settle();
    expect(wrapper.get('tbody tr').text()).not.toContain(action);
  });

  it('shows what was done and refused when it is asked for', async () => {
    const { global, commands } = testWindow(programStates(emptyState)['programs']!());
    const wrapper = mount(AuditList, { global });
    expect(commands('programs.audit')).toEqual([]);
    await wrapper.get('[data-testid="audit-show"]').trigger('click');
    await settle();
    const rows = wrapper.findAll('tbody tr').map((row) => row.text());
    expect(rows[1]).toMatch(/Неизвестно кто.*Страница чужого сайта.*×\s*12.*https:\/\/evil\.example.*отказано/s);
    expect(rows[2]).toMatch(/Завершение\sзвонка\s*сделано/);
    expect(rows[3]).toMatch(/Журнал\sзвонков.*Читать\sжурнал.*отказано/s);
  });
});

it('a program’s wish opens the card that it names', async () => {
  const { bridge, run } = testWindow();
  run(useProgramsStore);
  const cards = run(useCardsStore);
  bridge.emit('programs.showCard', { number: '+74951234567', personId: null });
  bridge.emit('programs.showCard', { number: null, personId: 'person-1' });
  await settle();
  expect(cards.floating.map(({ question }) => question)).toEqual([
    { number: '+74951234567' },
    { personId: 'person-1' },
  ]);
});
