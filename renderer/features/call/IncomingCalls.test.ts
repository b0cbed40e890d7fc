import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { party, sampleCall } from '#renderer/gallery/samples.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import IncomingCalls from './IncomingCalls.vue';

const offered = sampleCall({ id: 'in', direction: 'incoming', state: 'offering', answeredAt: null });

function build() {
  const window = testWindow();
  const card = mount(IncomingCalls, { global: window.global, attachTo: document.body });
  const ring = async (calls = [offered]) => {
    window.bridge.emit('calls.changed', { calls });
    await nextTick();
  };
  return { ...window, card, ring };
}

describe('the incoming card', () => {
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
    const diverted = { ...offered, remote: party({ name: 'Ольга', diversion: { display: '+7 495 000-00-10', reason: null } }) };
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
});
