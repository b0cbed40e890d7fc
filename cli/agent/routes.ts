import type { Operation, OperationName } from '#contract/local-api/index.ts';

/**
 * Where the operations that the command line uses are. A copy of the contract's table, held to it by a test: the table
 * itself brings the validation library along, which takes longer to load than a call takes to be on its way.
 */
export const routes = {
  'status.get': 'GET /status',
  'lines.list': 'GET /lines',
  'calls.list': 'GET /calls',
  'calls.place': 'POST /calls',
  'calls.answer': 'POST /calls/{callId}/answer',
  'calls.drop': 'POST /calls/{callId}/drop',
  'calls.hold': 'POST /calls/{callId}/hold',
  'calls.unhold': 'POST /calls/{callId}/unhold',
  'calls.swap': 'POST /calls/swap',
  'calls.dialDigits': 'POST /calls/{callId}/digits',
  'calls.transfer': 'POST /calls/{callId}/transfer',
  'dial.open': 'POST /dial-requests',
  'people.lookUp': 'GET /lookup',
} as const satisfies Partial<Record<OperationName, `${Operation['method']} /${string}`>>;

export type UsedOperation = keyof typeof routes;

export interface FilledRoute {
  method: string;
  /** With its query. */
  path: string;
  body: string | null;
}

/** The request for an operation: what the path has no place for goes into the query of a GET, else into the body. */
export function fillRoute(route: string, input: Readonly<Record<string, unknown>>): FilledRoute {
  const [method = '', pattern = ''] = route.split(' ');
  const rest = new Map(Object.entries(input));
  const filled = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (method !== 'GET') return { method, path: `/v1${filled}`, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams(
    [...rest].map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return { method, path: `/v1${filled}${query ? `?${query}` : ''}`, body: null };
}
