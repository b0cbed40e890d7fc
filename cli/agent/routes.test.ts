import { expect, it } from 'vitest';
import { operations } from '#contract/local-api/index.ts';
import { fillRoute, routes, type UsedOperation } from './routes.ts';

it('knows the way of every operation as the contract has it', () => {
  for (const name of Object.keys(routes) as UsedOperation[]) {
    const { method, path } = operations[name];
    expect(routes[name]).toBe(`${method} ${path}`);
  }
});

it('puts each value where it belongs', () => {
  expect(fillRoute('POST /calls/{callId}/digits', { callId: 'a/b', digits: '1#' })).toEqual({
    method: 'POST',
    path: '/v1/calls/a%2Fb/digits',
    body: '{"digits":"1#"}',
  });
  expect(fillRoute('GET /lookup', { number: '+7 495 123-45-67' })).toEqual({
    method: 'GET',
    path: '/v1/lookup?number=%2B7+495+123-45-67',
    body: null,
  });
});
