import { afterEach, expect, it, vi } from 'vitest';
import { hearClicks } from './clicks.ts';

let stop = () => {};
afterEach(() => stop());

function hearing(numberAt = () => null as ReturnType<Parameters<typeof hearClicks>[0]['numberAt']>) {
  const dialled: (string | null)[][] = [];
  stop = hearClicks({ numberAt, onDial: ({ text, link }) => void dialled.push([text, link]) });
  return dialled;
}

/** A click as the browser itself makes it; a script cannot. */
function click(target: Element, given: MouseEventInit & { trusted?: boolean } = {}) {
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ...given });
  Object.defineProperty(event, 'isTrusted', { value: given.trusted ?? true });
  target.dispatchEvent(event);
  return event;
}

const found = { number: { start: 0, end: 15, written: '8 495 123-45-67' }, rectangle: new DOMRect() };

it('takes a click on a marked number from the page, and dials it', () => {
  document.body.innerHTML = '<p>8 495 123-45-67</p>';
  const dialled = hearing(() => found);
  const page = vi.fn();
  document.body.addEventListener('click', page);
  expect(click(document.querySelector('p')!).defaultPrevented).toBe(true);
  expect(dialled).toEqual([['8 495 123-45-67', null]]);
  expect(page).not.toHaveBeenCalled();
});

it('dials nothing that a script clicked, that was clicked with a key held, or with another button', () => {
  document.body.innerHTML = '<p>8 495 123-45-67</p><a href="tel:84951234567">x</a>';
  const dialled = hearing(() => found);
  for (const target of document.querySelectorAll('p, a')) {
    click(target, { trusted: false });
    click(target, { ctrlKey: true });
    click(target, { button: 1 });
  }
  expect(dialled).toEqual([]);
});

it('takes links to numbers as a whole, and lets all others be', () => {
  document.body.innerHTML = '<a href="TEL:+7495;ext=12"><b>Анна</b></a><a href="https://a.ru/">x</a>';
  const dialled = hearing();
  click(document.querySelector('b')!);
  expect(click(document.querySelectorAll('a')[1]!).defaultPrevented).toBe(false);
  expect(dialled).toEqual([['TEL:+7495;ext=12', 'TEL:+7495;ext=12']]);
});
