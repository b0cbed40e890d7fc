import { describe, expect, it } from 'vitest';
import type { DialRequest } from '#contract/ipc/index.ts';
import { fakeBridge } from './dialling.test-support.ts';
import { RequestAttention } from './request-attention.ts';
import { mainWords } from './words.ts';

function open() {
  const agent = fakeBridge();
  const seen: string[] = [];
  const attention = new RequestAttention({
    notifier: {
      show(title, body) {
        seen.push(`${title}: ${body}`);
        return () => seen.push('taken back');
      },
    },
    showWindow: (focused) => seen.push(focused ? 'focused' : 'shown'),
    words: mainWords('ru'),
  });
  attention.follow(agent.bridge);
  const ask = (...requests: Partial<DialRequest>[]) => agent.emit('dialRequests.changed', { requests });
  return { ask, seen };
}

const link: Partial<DialRequest> = { id: 'link', source: 'link', canTrust: true };

describe('a question of the window', () => {
  it('brings it forward, with the keyboard for what the user did in a program', () => {
    const { ask, seen } = open();
    ask(link);
    ask(link, { id: 'keys', source: 'selection', canTrust: false });
    expect(seen).toEqual(['focused', 'focused']);
  });

  it('takes the keyboard from nobody where a page may have asked', () => {
    const { ask, seen } = open();
    ask({ id: 'page', source: 'link', canTrust: false });
    ask({ id: 'page', source: 'link', canTrust: false }, { id: 'extension', source: 'browser', canTrust: false });
    expect(seen).toEqual(['shown', 'shown']);
  });

  it('is a notification for a copied number, taken back with the question', () => {
    const { ask, seen } = open();
    const candidates = [{ display: '+7 495 123-45-67' }] as DialRequest['candidates'];
    ask({ id: 'copied', source: 'clipboard', candidates });
    ask();
    expect(seen).toEqual(['Скопирован номер: +7 495 123-45-67', 'taken back']);
  });
});
