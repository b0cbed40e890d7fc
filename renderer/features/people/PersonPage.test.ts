import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { sampleDay } from '#renderer/gallery/call-log-samples.ts';
import {
  sampleDirectories,
  sampleEntry,
  sampleOlga,
  samplePeople,
  samplePerson,
} from '#renderer/gallery/people-samples.ts';
import ContactDialog from './ContactDialog.vue';
import { draftOf } from './contact-draft.ts';
import { useContactEditorStore } from './contact-editor-store.ts';
import { peopleWindow, plain, shown } from './people-window.test-support.ts';
import PersonPage from './PersonPage.vue';
import { usePersonStore } from './person-store.ts';

const inPage = <T extends HTMLElement>(testId: string) => document.querySelector<T>(`[data-testid=${testId}]`);

async function open(id: string, part: Partial<DemoState> = {}) {
  const window = peopleWindow({ records: sampleDay().records, ...part });
  const [store, editor, notices] = window.run(() => [usePersonStore(), useContactEditorStore(), useNoticesStore()]);
  await store.show(id);
  const view = mount(PersonPage, { global: window.global, attachTo: document.body });
  mount(ContactDialog, { global: window.global, attachTo: document.body });
  await shown();
  const at = (testId: string) => view.get(`[data-testid=${testId}]`);
  const all = (testId: string) => view.findAll(`[data-testid=${testId}]`);
  return { ...window, store, editor, notices, view, at, all };
}

const olga = sampleOlga();

describe('the page of a person', () => {
  afterEach(() => {
    document.body.innerHTML = '';
    vi.restoreAllMocks();
  });

  it('shows numbers with what they are and where they come from, notes and chosen columns', async () => {
    const { at, view } = await open(olga.id);
    expect(at('person-name').text()).toBe('Ольга Демидова');
    expect(plain(at('person-numbers').text())).toMatch(/Мобильный\s*\+7 903 000-00-42\s*Клиенты.xlsx · 1С/);
    expect(at('person-numbers').text()).toContain('доб. 12');
    expect(at('person-facts').text()).toContain('Отдел продаж');
    expect(at('person-notes').text()).toContain('Открыта сделка');
    expect(view.get('[data-testid=history-summary]').text()).toContain('2 звонка');
  });

  it('calls the first number, and each of the others', async () => {
    const { at, all, commands } = await open(olga.id);
    await at('person-call').trigger('click');
    await shown();
    await all('number-call')[1]!.trigger('click');
    expect(commands('calls.place')).toEqual([{ text: '+79030000042' }, { text: '+74950000012,12' }]);
  });

  it('makes a link of nothing but a page of the web, which learns nothing of this window', async () => {
    const links = ['https://obrazec.example/', 'javascript:alert(1)', 'file:///etc/passwd'];
    const person = samplePerson({ name: 'Пётр', links, emails: ['a@b.example'] });
    const { view } = await open(person.id, { people: [person] });
    const shownLinks = view.findAll('a').map((link) => [link.attributes('href'), link.attributes('rel')]);
    expect(shownLinks).toEqual([
      ['mailto:a@b.example', 'noopener noreferrer'],
      ['https://obrazec.example/', 'noopener noreferrer'],
    ]);
  });

  it('says in words why its entries are one person', async () => {
    const { all } = await open(olga.id);
    expect(all('merge-reason').map((reason) => plain(reason.text()))).toContain(
      'Тот же номер, что в «1С»: +7 903 000-00-42',
    );
    expect(all('merge-reason').map((reason) => plain(reason.text()))).toContain('Вы объединили с «1С»');
  });

  it('separates an entry, and takes that back', async () => {
    const { at, all, commands, bridge } = await open(olga.id);
    await all('person-separate')[1]!.trigger('click');
    await shown();
    expect(commands('people.separate')).toEqual([{ handle: 'outlook-Demidova Olga' }]);
    expect(all('person-entry')).toHaveLength(2);
    await at('undo').trigger('click');
    await shown();
    expect(all('person-entry')).toHaveLength(3);
    expect(bridge.state.people).toHaveLength(6);
  });

  it('stays with the others when the entry that it was opened by is separated', async () => {
    const { at, all } = await open(olga.id);
    await all('person-separate')[0]!.trigger('click');
    await shown();
    expect(all('person-entry').map((entry) => entry.text())).not.toContain('Лист1');
    expect(at('undo-band').text()).toContain('Запись отделена');
  });

  it('merges with somebody who is found, shown and confirmed, and takes that back', async () => {
    const { at, all, commands } = await open(olga.id);
    await at('person-merge').trigger('click');
    await vi.waitFor(() => expect(inPage('picker-person')).not.toBeNull());
    expect(inPage<HTMLInputElement>('picker-search')?.value).toBe('Демидова');
    inPage('picker-person')!.click();
    await shown();
    expect(inPage('merge-both')?.textContent).toContain('АО «Другая фирма»');
    inPage('merge-confirm')!.click();
    await shown();
    expect(commands('people.merge')).toEqual([{ personIds: [olga.id, 'ldap-Ольга Демидова (секретарь)'] }]);
    expect(all('person-entry')).toHaveLength(4);
    await at('undo').trigger('click');
    await shown();
    expect(all('person-entry')).toHaveLength(3);
  });

  it('takes back one word of the user at a time', async () => {
    const { all, commands } = await open(olga.id);
    await all('person-unpin')[1]!.trigger('click');
    expect(commands('people.unpin')).toEqual([{ pinIds: [8] }]);
  });

  it('opens an entry where it lives: an address here, the rest by the agent, and says where that fails', async () => {
    const entries = (['onec', 'ldap'] as const).map((kind) => sampleEntry(kind, 'Склад'));
    const person = samplePerson({ name: 'Склад', entries });
    const { all, notices } = await open(person.id, { people: [person] });
    const opened: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      opened.push(`${this.href} ${this.rel}`);
    });
    for (const button of all('open-target')) await button.trigger('click');
    await shown();
    expect(opened).toEqual(['https://1c.example/card noopener noreferrer']);
    expect(notices.notices.map(({ error }) => error.code)).toEqual(['people.cannot-open']);
  });

  it('adds own details to somebody of another directory, whom the number makes the same person', async () => {
    const { at, all } = await open(olga.id);
    await at('contact-add-own').trigger('click');
    await shown();
    expect(inPage<HTMLInputElement>('contact-name')?.value).toBe('Ольга Демидова');
    inPage('contact-editor')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await shown();
    expect(inPage('contact-editor')).toBeNull();
    expect(all('person-entry').at(-1)?.text()).toContain('Свои контакты');
  });

  it('changes an own contact, keeps what was typed where that fails, and deletes it when asked twice', async () => {
    const maria = samplePeople()[2]!;
    const handle = maria.entries[0]!.handle;
    const contact = {
      ...{ name: 'Мария Соколова', firm: '', role: '', department: '', links: [], note: '' },
      numbers: [{ text: '+7 812 000-00-11', label: 'work' }],
      emails: [],
    };
    const { at, all, bridge, commands } = await open(maria.id, { ownContacts: { [handle]: contact } });
    await at('contact-edit').trigger('click');
    await shown();
    const name = inPage<HTMLInputElement>('contact-name')!;
    name.value = 'Мария Соколова-Белова';
    name.dispatchEvent(new Event('input'));
    bridge.state.broken = ['people.save'];
    inPage('contact-editor')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await shown();
    expect(inPage<HTMLInputElement>('contact-name')?.value).toBe('Мария Соколова-Белова');
    bridge.state.broken = [];
    inPage('contact-editor')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await shown();
    expect(at('person-name').text()).toBe('Мария Соколова-Белова');
    await at('contact-remove').trigger('click');
    await shown();
    expect(commands('people.remove')).toEqual([]);
    inPage('confirm')!.click();
    await shown();
    expect(commands('people.remove')).toEqual([{ handle }]);
    expect(all('person-gone')).toHaveLength(1);
  });

  it('keeps a new contact in Outlook where the user says so, and an old one where it is', async () => {
    const { editor, commands, bridge } = await open(olga.id);
    editor.create({ name: 'Пётр Новый' });
    await shown();
    const place = inPage<HTMLSelectElement>('contact-place')!;
    expect([...place.options].map(({ text }) => plain(text))).toEqual(['Свои контакты, в Offhook', 'Outlook']);
    place.value = 'outlook';
    place.dispatchEvent(new Event('change'));
    await shown();
    expect(plain(place.parentElement?.parentElement?.textContent)).toContain('Менять контакт нужно тоже там');
    inPage('contact-editor')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await shown();
    expect(commands('people.createIn')).toMatchObject([{ directoryId: 'outlook', contact: { name: 'Пётр Новый' } }]);
    expect(commands('people.save')).toEqual([]);
    expect(inPage('contact-editor')).toBeNull();
    expect(bridge.state.people.at(-1)).toMatchObject({ name: 'Пётр Новый', directoryIds: ['outlook'] });
    editor.editing = { handle: 'own-1', draft: draftOf({ name: 'Мария' }) };
    await shown();
    expect(inPage('contact-place')).toBeNull();
  });

  it('offers no other place for a contact where no program takes one', async () => {
    const directories = sampleDirectories().map((one) => ({ ...one, enabled: one.kind !== 'outlook' }));
    const { editor } = await open(olga.id, { directories });
    editor.create();
    await shown();
    expect(inPage('contact-place')).toBeNull();
  });

  it('says what is missing in a contact, and goes to it', async () => {
    const { editor } = await open(olga.id);
    editor.create();
    await shown();
    inPage('contact-editor')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await shown();
    expect(plain(document.body.textContent)).toContain('Без имени контакт не найти');
    expect(document.activeElement).toBe(inPage('contact-name'));
  });
});
