import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiClient } from './api-client.ts';
import { Pane } from './pane.ts';
import { textsFor } from './texts.ts';

/** A connection that a test opens and closes. */
class Socket extends EventTarget {
  static readonly all: Socket[] = [];
  readonly protocols: string[];

  constructor(_url: string, protocols: string[]) {
    super();
    this.protocols = protocols;
    Socket.all.push(this);
  }

  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

let root: HTMLElement;
let api: ApiClient;
let asked: string[];
let answer: () => Promise<Response>;
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const notPaired = async () => json({ error: { code: 'program.not-paired' }, message: '' }, 401);
const t = textsFor('ru');

beforeEach(() => {
  vi.useFakeTimers();
  Socket.all.length = 0;
  asked = [];
  answer = async () => json({ numbers: [] });
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return answer();
  });
  root = document.createElement('main');
  api = new ApiClient();
  api.token = 'one';
  const host = { kind: 'excel', language: 'ru', follow: () => undefined } as const;
  new Pane({ root, api, host, t }).start();
});
afterEach(() => {
  api.token = null;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('asks to be let in anew once its connection is refused, and seeks it no more', async () => {
  answer = notPaired;
  Socket.all[0]!.close();
  await vi.advanceTimersByTimeAsync(3000);
  expect([api.token, asked]).toEqual([null, ['/v1/status?']]);
  expect(root.textContent).toContain(t('connectNote'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([Socket.all.length, asked.length]).toEqual([1, 1]);
});

it('seeks a connection that was lost for another reason', async () => {
  answer = async () => Promise.reject(new TypeError('nobody there'));
  Socket.all[0]!.close();
  await vi.advanceTimersByTimeAsync(3000);
  answer = async () => json({});
  Socket.all[1]!.close();
  await vi.advanceTimersByTimeAsync(3000);
  expect(Socket.all.map(({ protocols }) => protocols[1])).toEqual(Array(3).fill('offhook.token.one'));
  expect(root.textContent).not.toContain(t('connectNote'));
});

it('asks to be let in anew also where another pane has put the token away', async () => {
  answer = notPaired;
  api.token = null;
  Socket.all[0]!.close();
  await vi.advanceTimersByTimeAsync(3000);
  expect(root.textContent).toContain(t('connectNote'));
});

it('listens once where it was paired anew while the old connection was lost', async () => {
  answer = notPaired;
  Socket.all[0]!.close();
  api.token = 'another';
  const refused = vi.fn();
  api.listen(() => undefined, refused);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([Socket.all.length, api.token, refused.mock.calls]).toEqual([2, 'another', []]);
});
