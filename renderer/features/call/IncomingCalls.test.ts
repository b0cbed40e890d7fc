import { mount } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { peopleWindow, plain, shown } from '#renderer/features/people/people-window.test-support.ts';
import { sampleDay } from '#renderer/gallery/call-log-samples.ts';
import { sampleMatch, sampleOlga } from '#renderer/gallery/people-samples.ts';
import { party, sampleCall } from '#renderer/gallery/samples.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import IncomingCalls from './IncomingCalls.vue';

const offered = sampleCall({ id: 'in', direction: 'incoming', state: 'offering', answeredAt: null });

function build(window = testWindow()) {
  const card = mount(IncomingCalls, { global: window.global, attachTo: document.body });
  const ring = async (calls = [offered]) => {
    window.bridge.emit('calls.changed', { calls });
    await nextTick();
  };
  return { ...window, card, ring };
}

describe('the incoming card', () => {
  // A part that is loaded when it is needed takes its time where many tests run.
  beforeAll(() => import('#renderer/features/people/CardDetail.vue'));
  afterEach(() => {
    document.body.innerHTML = '';
  });

  it('says who calls, to the eye and to a screen reader', async () => {
    const { card, ring } = build();
    await ring();
    expect(card.get('[data-testid=incoming-who]').text()).toBe('Иван Петров');
    expect(card.get('[role=alert]').text()).toBe('Входящий звонок: Иван Петров');
  });

  it('never takes the keyboard from what is being typed', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    const { ring } = build();
    await ring();
    expect(document.activeElement).toBe(input);
  });

  it('answers, declines and says busy', async () => {
    const { card, ring, commands } = build();
    await ring();
    await card.get('[data-testid=answer-button]').trigger('click');
    await card.get('[data-testid=decline-button]').trigger('click');
    await card.get('[data-testid=busy-button]').trigger('click');
    expect(commands('calls.answer')).toEqual([{ callId: 'in' }]);
    expect(commands('calls.decline')).toEqual([
      { callId: 'in', reason: 'decline' },
      { callId: 'in', reason: 'busy' },
    ]);
  });

  it('shows a withheld number as such, whatever name came with it', async () => {
    const { card, ring } = build();
    await ring([{ ...offered, remote: party({ withheld: true, name: 'Банк', number: null, display: '' }) }]);
    expect(card.get('[data-testid=incoming-who]').text()).toBe('Номер скрыт');
  });

  it('shows where the call was diverted from, and whom an answer puts on hold', async () => {
    const { card, ring } = build();
    const diverted = {
      ...offered,
      remote: party({ name: 'Ольга', diversion: { display: '+7 495 000-00-10', reason: null } }),
    };
    await ring([sampleCall(), diverted]);
    expect(card.text()).toContain('+7 495 000-00-10');
    expect(card.text()).toContain('Иван Петров');
  });

  it('shows hostile text as text, without the marks that turn it around', async () => {
    const { card, ring } = build();
    await ring([{ ...offered, remote: party({ name: '<img src=x onerror=1>\u202eabc' }) }]);
    expect(card.find('img').exists()).toBe(false);
    expect(card.get('[data-testid=incoming-who]').text()).toBe('<img src=x onerror=1>abc');
  });

  const known = {
    ...offered,
    remote: party({ number: '+79030000042', display: '+7 903 000-00-42', name: 'OLGA D' }),
    match: sampleMatch(sampleOlga()),
  };
  const office = () => peopleWindow({ records: sampleDay().records });

  it('names the caller by the directories at once, and says the name that was sent as well', async () => {
    const { card, ring } = build(office());
    await ring([known]);
    expect(card.get('[data-testid=incoming-who]').text()).toBe('Ольга Демидова');
    expect(card.get('[data-testid=incoming-about]').text()).toBe('ООО «Образец» · директор');
    expect(card.get('[data-testid=incoming-name-sent]').text()).toContain('OLGA D');
    expect(card.find('[data-testid=incoming-doubt]').exists()).toBe(false);
  });

  it('says it where the match is not sure, to the eye and to a screen reader', async () => {
    const { card, ring } = build(office());
    await ring([{ ...known, match: sampleMatch(sampleOlga(), { confidence: 'possible' }) }]);
    expect(card.get('[data-testid=incoming-doubt]').text()).toBe('возможно');
    expect(plain(card.get('[role=alert]').text())).toBe('Входящий звонок: возможно, Ольга Демидова');
  });

  it('has the room for what comes with the card before it comes', async () => {
    const { card, ring } = build(office());
    await ring([known]);
    const rows = () => [...card.get('[data-testid=incoming-call]').element.children].map(({ className }) => className);
    const before = rows();
    expect(card.get('[data-testid=card-last-call]').text()).toBe('');
    await shown();
    expect(card.get('[data-testid=card-last-call]').text()).toContain('Пропущенный');
    expect(rows()).toEqual(before);
  });

  it('says how many others have the number, and remembers who was meant', async () => {
    const { card, ring, commands } = build(office());
    const store = {
      ...offered,
      remote: party({ number: '204', display: '204', name: null }),
      match: sampleMatch(sampleOlga(), { others: 1 }),
    };
    await ring([store]);
    await card.get('[data-testid=incoming-others]').trigger('click');
    await shown();
    await vi.waitFor(() => expect(card.find('[data-testid=card-choice]').exists()).toBe(true));
    await card.findAll('[data-testid=card-choose]')[1]!.trigger('click');
    expect(commands('people.choose')).toEqual([{ partyKey: '204', personId: 'ldap-Склад' }]);
  });

  it('offers to make a contact of a number that nobody has', async () => {
    const { card, ring } = build(office());
    await ring([{ ...offered, remote: party({ number: '+79160000099', display: '+7 916 000-00-99', name: null }) }]);
    await shown();
    expect(plain(card.get('[data-testid=card-lines]').text())).toContain('Нет в адресных книгах');
    await vi.waitFor(() => expect(card.find('[data-testid=card-create]').exists()).toBe(true));
  });

  it('covers nothing of a call that is up, unless it is asked to', async () => {
    const { card, ring } = build(office());
    await ring([sampleCall(), known]);
    await shown();
    expect(card.find('[data-testid=card-detail]').exists()).toBe(false);
    await card.get('[data-testid=card-unfold]').trigger('click');
    await vi.waitFor(() => expect(card.find('[data-testid=card-detail]').exists()).toBe(true));
  });

  it('stays after the call where it is kept, until it is closed', async () => {
    const { card, ring } = build(office());
    await ring([known]);
    await shown();
    await card.get('[data-testid=card-pin]').trigger('click');
    await ring([]);
    await shown();
    expect(card.get('[data-testid=pinned-card]').text()).toContain('Ольга Демидова');
    await card.get('[data-testid=pinned-close]').trigger('click');
    expect(card.find('[data-testid=pinned-card]').exists()).toBe(false);
  });
});
