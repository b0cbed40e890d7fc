import { expect, test, type Page } from '@playwright/test';
import { chromiumId } from '#contract/browser-extension/index.ts';
import { ExtendedBrowser } from '#test/support/extended-browser.ts';
import { until } from '#test/support/until.ts';

const number = '8 (495) 123-45-67';
let browser: ExtendedBrowser;

test.beforeAll(async () => {
  browser = new ExtendedBrowser();
  await browser.start();
});
test.afterAll(() => browser.stop());
test.beforeEach(() => {
  browser.api.heard.length = 0;
  browser.api.answers = {
    'dial.open': () => ({ callId: null, requestId: 'asked' }),
    'status.get': () => ({ version: '1.2.3', registered: true, calls: 0 }),
  };
});

/** Numbers that are painted; a page sees the names of highlights, and so does this. */
const marked = (page: Page) =>
  page.evaluate(() =>
    [...(CSS.highlights.get('offhook-number') ?? [])].map((range) =>
      range.startContainer.textContent!.slice(range.startOffset, range.endOffset),
    ),
  );
const waitForMarks = (page: Page, count: number) =>
  until(`${count} marks`, async () => (await marked(page)).length === count);
const dialled = () => browser.api.heard.filter(({ name }) => name === 'dial.open').map(({ given }) => given);

/** The middle of a text on the screen. */
async function placeOf(page: Page, id: string, text: string): Promise<{ x: number; y: number }> {
  return await page.evaluate(
    ([id, text]) => {
      const node = document.getElementById(id!)!.firstChild as Text;
      const range = document.createRange();
      range.setStart(node, node.data.indexOf(text!));
      range.setEnd(node, node.data.indexOf(text!) + text!.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    },
    [id, text],
  );
}

test('marks numbers on a page, and changes nothing in it', async () => {
  const page = await browser.open(`
    <p id="a">Звоните ${number} доб. 12, спросите Анну.</p>
    <input value="${number}"><textarea>${number}</textarea><div contenteditable>${number}</div><code>${number}</code>
    <div id="host"></div><p>ИНН 7701234567, 12.05.2024</p>
    <script>document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<div contenteditable>${number}</div>'</script>`);
  const before = await page.content();
  await waitForMarks(page, 1);
  expect(await marked(page)).toEqual([`${number} доб. 12`]);
  expect(await page.content()).toBe(before);
  await page.evaluate((text) => document.body.append(document.createElement('p'), `Ещё ${text}.`), number);
  await waitForMarks(page, 2);
});

test('a click of the user reaches Offhook, with the number and its extension', async () => {
  const page = await browser.open(`<p id="a">Звоните ${number} доб. 12, спросите Анну.</p><p id="b">Анна</p>`);
  await waitForMarks(page, 1);
  const { x, y } = await placeOf(page, 'a', number);
  await page.mouse.click(x, y);
  await until('Offhook is asked', () => dialled().length > 0);
  expect(dialled()).toEqual([{ source: 'browser', text: `${number} доб. 12`, origin: null }]);
  await expect(page.locator('offhook-bubble')).toBeAttached();
  // The page cannot look into what is shown.
  expect(await page.evaluate(() => document.querySelector('offhook-bubble')!.shadowRoot)).toBeNull();
  // Beside a number, on other text, nothing happens.
  await page.mouse.click(x + 600, y);
  const other = await placeOf(page, 'b', 'Анна');
  await page.mouse.click(other.x, other.y);
  await page.waitForTimeout(300);
  expect(dialled()).toHaveLength(1);
});

test('a script of the page dials nothing, whatever it clicks', async () => {
  const page = await browser.open(`<p id="a">${number}</p><a id="link" href="tel:+74951234567">Анна</a>`);
  await waitForMarks(page, 1);
  const place = await placeOf(page, 'a', number);
  await page.evaluate(({ x, y }) => {
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
      const made = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, button: 0, detail: 1 };
      document.getElementById('a')!.dispatchEvent(new MouseEvent(type, made));
      document.dispatchEvent(new MouseEvent(type, made));
      window.dispatchEvent(new MouseEvent(type, made));
    }
    document.getElementById('a')!.click();
    document.getElementById('link')!.addEventListener('click', (event) => event.preventDefault());
    document.getElementById('link')!.click();
    // Nor can it speak to the extension, or start the host.
    window.postMessage({ kind: 'dial', number: '1' }, '*');
  }, place);
  const reached = await page.evaluate(async (id) => {
    const runtime = (
      globalThis as { chrome?: { runtime?: { sendMessage?: (id: string, message: object) => unknown } } }
    ).chrome?.runtime;
    if (!runtime?.sendMessage) return 'no way';
    return await Promise.resolve(runtime.sendMessage(id, { kind: 'dial', number: '1' })).then(
      () => 'reached',
      () => 'refused',
    );
  }, chromiumId);
  expect(['no way', 'refused']).toContain(reached);
  await page.waitForTimeout(500);
  expect(dialled()).toEqual([]);
});

test('what is dialled is what was marked: a text that the page has changed since is not', async () => {
  const page = await browser.open(`<p id="a">${number}</p>`);
  await waitForMarks(page, 1);
  const { x, y } = await placeOf(page, 'a', number);
  await page.evaluate(() => {
    addEventListener('mousedown', () => (document.getElementById('a')!.firstChild!.nodeValue = '8 (809) 666-66-66'));
  });
  await page.mouse.click(x, y);
  await page.waitForTimeout(300);
  expect(dialled()).toEqual([]);
});

test('a number can be selected and copied as without the extension', async () => {
  const page = await browser.open(`<p id="a">тел. ${number}, Анна</p>`);
  await waitForMarks(page, 1);
  const { x, y } = await placeOf(page, 'a', number);
  await page.mouse.move(x - 50, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y, { steps: 5 });
  await page.mouse.up();
  const selected = await page.evaluate(() => getSelection()!.toString());
  expect(number).toContain(selected.trim());
  expect(selected.length).toBeGreaterThan(5);
  await page.waitForTimeout(300);
  expect(dialled()).toEqual([]);
});

test('a link to a number is dialled here, with its extension', async () => {
  const page = await browser.open('<a id="link" href="tel:+74951234567;ext=12">Анна</a>');
  await page.waitForTimeout(500);
  await page.click('#link');
  await until('Offhook is asked', () => dialled().length > 0);
  expect(dialled()).toMatchObject([{ source: 'browser', text: 'tel:+74951234567;ext=12' }]);
});

test('settings switch it off for a site and for all, at once', async () => {
  const page = await browser.open(`<p id="a">${number}</p>`);
  await waitForMarks(page, 1);
  const options = await browser.context.newPage();
  await options.goto(`chrome-extension://${chromiumId}/options.html`);
  await options.fill('#sites', 'http://127.0.0.1/x');
  await options.locator('#sites').blur();
  await waitForMarks(page, 0);
  await options.fill('#sites', '');
  await options.locator('#sites').blur();
  await waitForMarks(page, 1);
  await options.uncheck('#enabled');
  await waitForMarks(page, 0);
  await options.check('#enabled');
  await options.selectOption('#country', 'US');
  await waitForMarks(page, 0);
  await options.selectOption('#country', 'RU');
  await waitForMarks(page, 1);
});

test('the popup tells how Offhook is', async () => {
  const popup = await browser.context.newPage();
  await popup.goto(`chrome-extension://${chromiumId}/popup.html`);
  await expect(popup.locator('#phone')).toHaveText('Offhook is ready to call.');
  await expect(popup.locator('#enabled')).toBeChecked();
});

test('a page with 1 MB of text stays usable while it is read', async () => {
  const words = 'Отдел продаж отвечает по будням с 9:00 до 18:00, заказ 123456, сумма 12 500 руб. ';
  const paragraph = (index: number) => `<p>${words.repeat(5)}${index % 20 === 0 ? number : ''}</p>`;
  const html = Array.from({ length: 2600 }, (_, index) => paragraph(index)).join('');
  expect(html.length).toBeGreaterThan(1_000_000);
  const options = await browser.context.newPage();
  await options.goto(`chrome-extension://${chromiumId}/options.html`);
  await options.uncheck('#enabled');
  const page = await browser.open(html);
  // The page is there; what follows is the extension's work alone.
  await page.evaluate(() => {
    const watched = Object.assign(globalThis, { longest: 0 });
    const watch = (list: PerformanceObserverEntryList) => {
      for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
    };
    new PerformanceObserver(watch).observe({ type: 'longtask' });
  });
  const started = performance.now();
  await options.check('#enabled');
  await waitForMarks(page, 130);
  const took = Math.round(performance.now() - started);
  const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
  console.log(`1 MB of text: marked in ${took} ms, longest task ${Math.round(longest)} ms (0: none of 50 ms or more)`);
  expect(longest).toBeLessThan(200);
});

test('says when Offhook is not running', async () => {
  await browser.api.stop();
  const popup = await browser.context.newPage();
  await popup.goto(`chrome-extension://${chromiumId}/popup.html`);
  await expect(popup.locator('#phone')).toHaveText('Offhook is not running. Start it.');
  const page = await browser.open(`<p id="a">${number}</p>`);
  await waitForMarks(page, 1);
  const { x, y } = await placeOf(page, 'a', number);
  await page.mouse.click(x, y);
  await expect(page.locator('offhook-bubble')).toBeAttached();
  expect(dialled()).toEqual([]);
});
