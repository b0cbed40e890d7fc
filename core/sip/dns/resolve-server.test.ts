import { expect, test } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { ServerResolver, type SipDns } from './resolve-server.ts';

const missing = () => Promise.reject(new Error('ENOTFOUND'));

function resolverOf(dns: Partial<SipDns>, clock = new FakeClock()) {
  return new ServerResolver({ dns: { addresses: missing, services: missing, pointers: missing, ...dns }, clock });
}

const hosts =
  (table: Record<string, string[]>): SipDns['addresses'] =>
  async (name) =>
    table[name] ?? missing();

test.each([
  [{ host: '10.0.0.1', port: null, protocol: 'udp' as const }, [{ address: '10.0.0.1', port: 5060 }]],
  [{ host: '[2001:db8::1]', port: 5070, protocol: 'tcp' as const }, [{ address: '2001:db8::1', port: 5070 }]],
  [{ host: '10.0.0.1', port: null, protocol: 'tls' as const }, [{ address: '10.0.0.1', port: 5061 }]],
])('an address needs no DNS', async (server, wanted) => {
  expect(await resolverOf({}).resolve(server)).toEqual(wanted);
});

test('services are tried in the order of their priority and weight', async () => {
  const resolver = resolverOf({
    addresses: hosts({ 'a.example': ['10.0.0.1'], 'b.example': ['10.0.0.2'], 'pbx.example': ['10.0.0.9'] }),
    services: async (name) =>
      name === '_sip._udp.pbx.example'
        ? [
            { name: 'b.example', port: 5062, priority: 20, weight: 1 },
            { name: 'a.example', port: 5061, priority: 10, weight: 1 },
          ]
        : missing(),
  });
  expect(await resolver.resolve({ host: 'pbx.example', port: null, protocol: 'udp' })).toEqual([
    { address: '10.0.0.1', port: 5061 },
    { address: '10.0.0.2', port: 5062 },
  ]);
});

test('a NAPTR record of the transport names another service', async () => {
  const resolver = resolverOf({
    addresses: hosts({ 'sip.example': ['10.0.0.3'] }),
    pointers: async () => [
      { service: 'SIP+D2U', replacement: '_sip._udp.wrong.example', order: 1, preference: 1 },
      { service: 'SIP+D2T', replacement: '_sip._tcp.right.example', order: 2, preference: 1 },
    ],
    services: async (name) =>
      name === '_sip._tcp.right.example' ? [{ name: 'sip.example', port: 5080, priority: 1, weight: 1 }] : missing(),
  });
  expect(await resolver.resolve({ host: 'pbx.example', port: null, protocol: 'tcp' })).toEqual([
    { address: '10.0.0.3', port: 5080 },
  ]);
});

test('without service records, or with a port, the addresses count', async () => {
  const asked: string[] = [];
  const resolver = resolverOf({
    addresses: hosts({ 'pbx.example': ['10.0.0.4'] }),
    services: (name) => (asked.push(name), missing()),
  });
  expect(await resolver.resolve({ host: 'pbx.example', port: null, protocol: 'tls' })).toEqual([
    { address: '10.0.0.4', port: 5061 },
  ]);
  expect(await resolver.resolve({ host: 'pbx.example', port: 5099, protocol: 'tls' })).toEqual([
    { address: '10.0.0.4', port: 5099 },
  ]);
  expect(asked).toEqual(['_sips._tcp.pbx.example']);
});

test('a name in other letters is asked for in its ASCII form', async () => {
  const resolver = resolverOf({ addresses: hosts({ 'xn--e1afmkfd.xn--p1ai': ['10.0.0.5'] }) });
  expect(await resolver.resolve({ host: 'пример.рф', port: 5060, protocol: 'udp' })).toEqual([
    { address: '10.0.0.5', port: 5060 },
  ]);
});

test('a dead DNS server costs 4 s, and then what was found before stands in', async () => {
  const clock = new FakeClock();
  let alive = true;
  const resolver = resolverOf(
    { addresses: () => (alive ? Promise.resolve(['10.0.0.6']) : new Promise(() => {})) },
    clock,
  );
  const server = { host: 'pbx.example', port: 5060, protocol: 'udp' as const };
  await resolver.resolve(server);
  alive = false;
  clock.advance(300_000);
  const late = resolver.resolve(server);
  clock.advance(4000);
  expect(await late).toEqual([{ address: '10.0.0.6', port: 5060 }]);
  const never = resolver.resolve({ ...server, host: 'other.example' });
  clock.advance(4000);
  await expect(never).rejects.toMatchObject({ code: 'line.name-not-found', values: { host: 'other.example' } });
});
