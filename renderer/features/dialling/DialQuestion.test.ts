import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DialRequest } from '#contract/ipc/index.ts';
import { plain as withPlainSpaces, shown } from '#renderer/features/people/people-window.test-support.ts';
import { sampleCandidate, sampleRequest } from '#renderer/gallery/dialling-states.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import DialQuestion from './DialQuestion.vue';
import { guardMilliseconds } from '#renderer/components/use-guard.ts';

/** As it is read: no test needs to know where a line may end. */
const plain = (text: string) => withPlainSpaces(text).replaceAll('\u2011', '-');
const second = sampleCandidate({ text: '+79160000042', display: '+7 916 000-00-42', extension: null, name: 'Пётр' });
const refused = sampleCandidate({
  refusal: { code: 'dial.refused-premium', values: { number: '8 809' }, detail: null },
});

function build() {
  const window = testWindow();
  const card = mount(DialQuestion, { global: window.global, attachTo: document.body });
  const ask = async (...requests: Partial<DialRequest>[]) => {
    await shown();
    const all = requests.map((part, index) => sampleRequest({ id: `request-${index}`, ...part }));
    window.bridge.state.dialling.requests = all;
    window.bridge.emit('dialRequests.changed', { requests: all });
    await shown();
  };
  const wait = async () => {
    vi.advanceTimersByTime(guardMilliseconds + 10);
    await shown();
  };
  const press = (key: string, options = {}) =>
    card.get('[data-testid=dial-question]').trigger('keydown', { key, ...options });
  const text = (id: string) => plain(card.get(`[data-testid=${id}]`).text());
  return { ...window, card, ask, wait, press, text };
}

describe('the question before something from outside is dialled', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    document.body.innerHTML = '';
  });

  it('says what will be dialled, who it is, who asks, and which rule made it so', async () => {
    const { card, ask, text } = build();
    await ask({});
    expect(text('dial-title')).toBe('Набрать +7 495 000-00-12, доб. 12?');
    expect(text('dial-name')).toBe('Ольга Демидова');
    expect(text('dial-origin')).toBe('1С:Предприятие просит набрать');
    expect(text('dial-rules')).toBe('8 (495) 000-00-12 доб. 12 → +7 495 000-00-12: 8 заменена кодом страны');
    expect(plain(card.get('[role=alert]').text())).toContain('Набрать +7 495 000-00-12, доб. 12?');
  });

  it('takes no answer in its first moments, so that nobody says yes by what they were typing', async () => {
    const { card, ask, wait, commands } = build();
    await ask({});
    await card.get('[data-testid=dial-confirm]').trigger('click');
    expect(commands('dialRequests.dial')).toEqual([]);
    await wait();
    await card.get('[data-testid=dial-confirm]').trigger('click');
    expect(commands('dialRequests.dial')).toEqual([{ requestId: 'request-0', index: 0, trust: false }]);
  });

  it('is guarded anew when another question takes its place', async () => {
    const { card, ask, wait, commands } = build();
    await ask({});
    await wait();
    await ask({ id: 'other' });
    await card.get('[data-testid=dial-confirm]').trigger('click');
    expect(commands('dialRequests.dial')).toEqual([]);
  });

  it('has the button that dials under Enter, at once where the user asked by keys', async () => {
    const { ask, commands, card } = build();
    await ask({ source: 'selection', origin: null, canTrust: false });
    expect(document.activeElement?.getAttribute('data-testid')).toBe('dial-confirm');
    await card.get('[data-testid=dial-confirm]').trigger('click');
    expect(commands('dialRequests.dial')).toHaveLength(1);
  });

  it('takes the keyboard from nobody who is typing, and gives it back', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    const { ask } = build();
    await ask({});
    expect(document.activeElement).toBe(input);
    await ask({ id: 'keys', source: 'selection' });
    expect(document.activeElement).not.toBe(input);
    await ask();
    expect(document.activeElement).toBe(input);
  });

  it('lets the arrows choose among several, past what may not be dialled', async () => {
    const { card, ask, press, commands, text } = build();
    await ask({ source: 'selection', candidates: [sampleCandidate(), refused, second] });
    expect(text('dial-title')).toBe('Какой номер набрать?');
    await press('ArrowDown');
    expect(card.findAll('[aria-checked=true]').map((one) => plain(one.text()))).toEqual(['+7 916 000-00-42Пётр']);
    expect(plain(card.get('[role=status]').text())).toBe('+7 916 000-00-42, Пётр');
    await press('ArrowDown');
    await card.get('[data-testid=dial-confirm]').trigger('click');
    expect(commands('dialRequests.dial')).toEqual([{ requestId: 'request-0', index: 2, trust: false }]);
  });

  it('closes with Escape, and all of many at once', async () => {
    const { card, ask, press, commands, text } = build();
    await ask({}, {}, {});
    await press('Escape');
    expect(commands('dialRequests.dismiss')).toEqual([{ requestId: 'request-0' }]);
    await shown();
    expect(text('dial-close-all')).toBe('Закрыть все 2 вопроса');
    await card.get('[data-testid=dial-close-all]').trigger('click');
    await shown();
    expect(card.find('[data-testid=dial-question]').exists()).toBe(false);
  });

  it('trusts a program only where it can be told from others', async () => {
    const { card, ask, wait, commands } = build();
    await ask({ canTrust: false });
    expect(card.find('[data-testid=dial-trust]').exists()).toBe(false);
    await ask({ id: 'costly', candidates: [sampleCandidate({ warnings: ['premium'] })] });
    expect(card.find('[data-testid=dial-trust]').exists()).toBe(false);
    await ask({ id: 'trustable' });
    await wait();
    await card.get('[data-testid=dial-trust]').setValue(true);
    await card.get('[data-testid=dial-confirm]').trigger('click');
    expect(commands('dialRequests.dial')).toEqual([{ requestId: 'trustable', index: 0, trust: true }]);
  });

  it('warns in words', async () => {
    const { card, ask } = build();
    await ask({ candidates: [sampleCandidate({ warnings: ['premium', 'international', 'satellite'] })] });
    expect(card.findAll('[data-testid=dial-warning]')).toHaveLength(2);
    expect(card.text()).toContain('Спутниковый номер');
  });

  it('says why something is not dialled, and offers no way to dial it', async () => {
    const { card, ask, text, wait } = build();
    await ask({ candidates: [refused] });
    await wait();
    expect(text('dial-title')).toBe('Номер не набран');
    expect(text('dial-refusal')).toContain('платн');
    expect(card.find('[data-testid=dial-confirm]').exists()).toBe(false);
    await card.get('[data-testid=dial-understood]').trigger('click');
    await shown();
    expect(card.find('[data-testid=dial-question]').exists()).toBe(false);
  });

  it('shows a stranger’s name as text, without the marks that turn it around', async () => {
    const { card, ask, text } = build();
    await ask({ origin: { id: '/x', name: '<img src=x>\u202eabc' } });
    expect(card.find('img').exists()).toBe(false);
    expect(text('dial-origin')).toBe('<img src=x>abc просит набрать');
  });
});
