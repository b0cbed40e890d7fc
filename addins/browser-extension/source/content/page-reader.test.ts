import { afterEach, beforeEach, expect, it } from 'vitest';
import { IdleWork } from './idle-work.ts';
import { Marks } from './marks.ts';
import { findNumbers, type FoundNumber } from './number-finder.ts';
import { PageReader } from './page-reader.ts';

const number = '8 (495) 123-45-67';
const painted = new Set<string>();
let turns: (() => void)[] = [];
let reader: PageReader;
let marks: Marks;

/** Lets the page be idle until nothing is left to do, and what it changed be heard of. */
async function idle(): Promise<number> {
  let count = 0;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve));
    const turn = turns.shift();
    if (!turn) return count;
    count += 1;
    turn();
  }
}

beforeEach(() => {
  document.body.innerHTML = '';
  painted.clear();
  turns = [];
  marks = new Marks({
    paint: (text: Text, { written, start }: FoundNumber) => {
      const name = `${text.parentElement?.id}:${written}:${start}`;
      painted.add(name);
      return () => void painted.delete(name);
    },
  });
  const work = new IdleWork((run) => void turns.push(() => run(() => 5)));
  reader = new PageReader({ root: document.body, marks, work, find: (text) => findNumbers(text, 'RU') });
});
afterEach(() => reader.stop());

it('marks numbers where a page shows them, without changing it', async () => {
  document.body.innerHTML = `<p id="a">Тел.: ${number}.</p><div><span id="b">${number}</span></div>`;
  const before = document.body.innerHTML;
  reader.start();
  await idle();
  expect([...painted]).toEqual([`a:${number}:6`, `b:${number}:0`]);
  expect(document.body.innerHTML).toBe(before);
});

it('leaves alone what is typed in, clicked on, or program text', async () => {
  document.body.innerHTML = `
    <input value="${number}"><textarea>${number}</textarea><div contenteditable>${number}<b>${number}</b></div>
    <code>${number}</code><pre>${number}</pre><script type="text/plain">${number}</script><style>/* ${number} */</style>
    <a href="tel:84951234567">${number}</a><button>${number}</button><div role="textbox">${number}</div>
    <select><option>${number}</option></select><svg><text>${number}</text></svg>`;
  reader.start();
  await idle();
  expect([...painted]).toEqual([]);
});

it('does not look into shadow trees, where editors live', async () => {
  const host = document.body.appendChild(document.createElement('div'));
  host.attachShadow({ mode: 'open' }).innerHTML = `<p>${number}</p>`;
  reader.start();
  await idle();
  expect(painted.size).toBe(0);
});

it('follows what is added, changed and removed', async () => {
  reader.start();
  await idle();
  document.body.innerHTML = `<p id="a">${number}</p>`;
  await idle();
  expect([...painted]).toEqual([`a:${number}:0`]);
  const paragraph = document.querySelector('p')!;
  paragraph.firstChild!.nodeValue = 'нет номера';
  await idle();
  expect(painted.size).toBe(0);
  paragraph.firstChild!.nodeValue = `тел. ${number}`;
  await idle();
  expect([...painted]).toEqual([`a:${number}:5`]);
  paragraph.remove();
  await idle();
  expect(marks.count).toBe(0);
});

it('knows the number at a place of a text, and none where the page has changed it since', async () => {
  document.body.innerHTML = `<p id="a">Тел.: ${number}.</p>`;
  reader.start();
  await idle();
  const text = document.querySelector('p')!.firstChild as Text;
  expect(marks.at(text, 10)?.written).toBe(number);
  expect(marks.at(text, 2)).toBeNull();
  expect(marks.at(document.createTextNode(text.data), 10)).toBeNull();
  text.data = 'Тел.: 8 (900) 666-66-66.';
  expect(marks.at(text, 10)).toBeNull();
});

it('does its work in many short turns, and reads a page that changes without end as a whole', async () => {
  document.body.innerHTML = `<p>${number}</p>`.repeat(400);
  const slow = new IdleWork((run) => void turns.push(() => run(() => 0)));
  const patient = new PageReader({ root: document.body, marks, work: slow, find: (text) => findNumbers(text, 'RU') });
  patient.start();
  for (let change = 0; change < 3; change++) document.body.insertAdjacentHTML('beforeend', '<p>x</p>'.repeat(2100));
  await new Promise((resolve) => setTimeout(resolve));
  expect(slow.waiting).toBeLessThan(10);
  expect(await idle()).toBeGreaterThan(400);
  expect(marks.count).toBe(400);
  patient.stop();
  expect(marks.count).toBe(0);
});

it('stops without a trace', async () => {
  document.body.innerHTML = `<p id="a">${number}</p>`;
  reader.start();
  await idle();
  reader.stop();
  expect(painted.size).toBe(0);
  document.body.insertAdjacentHTML('beforeend', `<p>${number}</p>`);
  await idle();
  expect(painted.size).toBe(0);
});
