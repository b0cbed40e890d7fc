import { expect, it } from 'vitest';
import { hostRequest } from '#contract/browser-extension/index.ts';
import { NativeHost } from './native-host.ts';

const host = (answer: unknown) => {
  const asked: unknown[] = [];
  const send = async (_: string, message: object) => {
    asked.push(hostRequest.parse(message));
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, native: new NativeHost(send, 'ru-RU') };
};

it('asks for a number as the host takes it', async () => {
  const { asked, native } = host({ id: 1, result: { outcome: 'asked' }, error: null });
  expect(await native.dial('8 495 123-45-67')).toEqual({ outcome: 'asked' });
  expect(asked).toEqual([{ id: 1, command: 'dial', number: '8 495 123-45-67', language: 'ru' }]);
});

it('tells apart what went wrong', async () => {
  const failed = (code: string) => host({ id: 1, result: null, error: { code, sentence: 'Почему.' } }).native;
  expect(await failed('not-running').dial('1')).toEqual({ outcome: 'not-running' });
  expect(await failed('dial.no-number').dial('1')).toEqual({ outcome: 'failed', sentence: 'Почему.' });
  expect(await host(new Error('not found')).native.dial('1')).toEqual({ outcome: 'no-host' });
  expect(await host(new Error('not found')).native.state()).toEqual({ state: 'no-host' });
});

it('knows whether the phone can call', async () => {
  const state = (registered: boolean) =>
    host({ id: 1, result: { version: '1', registered }, error: null }).native.state();
  expect([await state(true), await state(false)]).toEqual([{ state: 'registered' }, { state: 'unregistered' }]);
});
