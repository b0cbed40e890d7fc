/** Where a program of this computer strikes at, with whatever bytes it likes. */
export interface RawTarget {
  port: number;
  /** A token that is good: what is wrong with the request is something else. */
  token: string;
}

export interface RawAttack {
  /** As the guide lists it. */
  name: string;
  /** Requests, each on a connection of its own. None may be answered with 2xx. */
  requests: (target: RawTarget) => string[];
}

const json = '{"text":"89161234567"}';

/** A whole request that would dial, but for what is changed in it. */
export function dial(
  { port, token }: RawTarget,
  changed: { line?: string; host?: string; headers?: string[]; body?: string } = {},
): string {
  const { line = 'POST /v1/calls HTTP/1.1', host = `Host: 127.0.0.1:${port}`, body = json } = changed;
  const length = changed.headers?.some((header) => /^(content-length|transfer-encoding)/i.test(header))
    ? []
    : [`Content-Length: ${Buffer.byteLength(body)}`];
  const type = changed.headers?.some((header) => /^content-type/i.test(header))
    ? []
    : ['Content-Type: application/json'];
  return [line, host, `Authorization: Bearer ${token}`, ...type, ...length, ...(changed.headers ?? []), '', body].join(
    '\r\n',
  );
}

/** What a program may try that writes its own bytes: each would dial if it were taken for what it hides. */
export const rawAttacks: readonly RawAttack[] = [
  {
    name: 'paths with //, .., encoded slashes, backslashes and zero bytes',
    requests: (target) =>
      [
        '//v1/calls',
        '/v1//calls',
        '/v1/../v1/calls',
        '/x/%2e%2e/v1/calls',
        '/v1%2fcalls',
        '/v1/calls%2f',
        '/v1\\calls',
        '/v1/calls%00',
        '/v1/calls/.',
        '/V1/CALLS',
        '/v1/calls;x=1',
        '/%76%31/calls%252f',
      ].map((path) => dial(target, { line: `POST ${path} HTTP/1.1` })),
  },
  {
    name: 'whole addresses, stars and host names in the request line',
    requests: (target) =>
      [
        `http://127.0.0.1:${target.port}/v1/calls`,
        'http://evil.test/v1/calls',
        '*',
        `127.0.0.1:${target.port}`,
        '',
      ].flatMap((path) => ['POST', 'CONNECT'].map((method) => dial(target, { line: `${method} ${path} HTTP/1.1` }))),
  },
  {
    name: 'no Host, two of them, and foreign ones',
    requests: (target) => {
      const own = `Host: 127.0.0.1:${target.port}`;
      const hosts = [
        'X-None: 1',
        `${own}\r\n${own}`,
        `Host: evil.test\r\n${own}`,
        `${own}\r\nHost: evil.test`,
        'Host: evil.test',
        `Host: evil.test:${target.port}`,
        'Host: 127.0.0.1',
        `Host: 127.1:${target.port}`,
        `Host: [::ffff:127.0.0.1]:${target.port}`,
        `Host: 127.0.0.1:${target.port}@evil.test`,
        `Host: localhost.:${target.port}`,
      ];
      return hosts.map((host) => dial(target, { host }));
    },
  },
  {
    name: 'other methods, and methods that override',
    requests: (target) => [
      ...['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'post', 'FOO'].map((method) =>
        dial(target, { line: `${method} /v1/calls/pick HTTP/1.1` }),
      ),
      dial(target, { line: 'POST /v1/lines HTTP/1.1', headers: ['X-HTTP-Method-Override: GET'] }),
    ],
  },
  {
    name: 'request smuggling: two lengths, a length beside chunks, chunks that are none',
    requests: (target) => {
      const hidden = dial(target);
      const chunked = `0\r\n\r\n${hidden}`;
      const lengths = [
        ['Content-Length: 5', `Content-Length: ${json.length}`],
        ['Content-Length: 5, 22'],
        ['Content-Length: +22'],
        ['Content-Length: 0x16'],
        ['Content-Length: -1'],
        [`Content-Length: ${Buffer.byteLength(chunked)}`, 'Transfer-Encoding: chunked'],
        ['Transfer-Encoding: chunked', `Content-Length: ${Buffer.byteLength(chunked)}`],
        ['Transfer-Encoding: xchunked'],
        ['Transfer-Encoding: chunked, identity'],
        ['Transfer-Encoding : chunked'],
        ['Transfer-Encoding:\u000bchunked'],
        ['X: y\r\n Transfer-Encoding: chunked', 'Transfer-Encoding: gzip, chunked, gzip'],
      ];
      return lengths.map((headers) => dial(target, { line: 'POST /v1/none HTTP/1.1', headers, body: chunked }));
    },
  },
  {
    name: 'lines that end with a bare line feed or carriage return, and folded headers',
    requests: (target) => [
      dial(target).replaceAll('\r\n', '\n').replace('/v1/calls', '/v1/none'),
      dial(target, { headers: ['X: y\rX-Other: z'] }),
      dial(target, { headers: ['X: y\r\n folded'], host: 'Host: evil.test' }),
      dial(target, { headers: ['X\u0000: y'] }),
    ],
  },
  {
    name: 'other kinds of bodies: forms, text, XML, JSON by another name, packed ones',
    requests: (target) =>
      [
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/plain',
        'text/plain;charset=UTF-8',
        'application/xml',
        'application/json5',
        'application/csp-report',
        'application/json; charset=utf-16',
        'application/json, text/plain',
      ]
        .map((type) => dial(target, { headers: [`Content-Type: ${type}`] }))
        .concat(dial(target, { headers: ['Content-Encoding: gzip'], body: '\u001f\u008b' })),
  },
  {
    name: 'JSON with keys that change objects, of the wrong shape, or cut off',
    requests: (target) =>
      [
        '{"__proto__":{"text":"8916"}}',
        '{"constructor":{"prototype":{"text":"8916"}}}',
        '[{"text":"8916"}]',
        '"8916"',
        'null',
        '{"text":{"$gt":""}}',
        '{"text":["8916"]}',
        '{"text":"8916"',
        `${'['.repeat(30_000)}`,
      ].map((body) => dial(target, { body })),
  },
  {
    name: 'an upgrade to something else, and a WebSocket at another place',
    requests: (target) => [
      dial(target, { headers: ['Connection: Upgrade', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'] }),
      dial(target, {
        line: 'GET /v1/calls HTTP/1.1',
        headers: [
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        ],
        body: '',
      }),
    ],
  },
  {
    name: 'tokens that are none: other schemes, two headers, too long, in the address or a cookie',
    requests: ({ port, token }) => [
      ...[
        `Authorization: Basic ${token}`,
        `Authorization: ${token}`,
        'Authorization: Bearer',
        `Authorization: Bearer ${'x'.repeat(5000)}`,
        `Authorization: Bearer ${token}\r\nAuthorization: Bearer ${token}`,
        `Cookie: token=${token}`,
        `X-Api-Key: ${token}`,
      ].map((header) => `GET /v1/calls HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${header}\r\n\r\n`),
      `GET /v1/calls?token=${token}&access_token=${token} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    ],
  },
];

/**
 * Texts in the place of a number. None may come out of the phone with more in it than a number; those that break lines
 * are not dialled at all.
 */
export const hostileNumbers: readonly { name: string; breaks: boolean; texts: readonly string[] }[] = [
  {
    name: 'headers in a number (CR, LF, and both encoded)',
    breaks: true,
    texts: [
      '+74951234567\r\nVia: SIP/2.0/UDP evil.test',
      '+74951234567%0d%0aVia: SIP/2.0/UDP evil.test',
      'sip:201@office.example\r\nRoute: <sip:evil.test>',
      'sip:201@office.example%0d%0aRoute:%20<sip:evil.test>',
      '201\nINVITE sip:evil@evil.test SIP/2.0',
      '201\u0000@evil.test',
      '201\u2028Via: x',
      'tel:+74951234567;phone-context=%0d%0aX:',
    ],
  },
  {
    name: 'addresses that bring headers, methods or another server along',
    breaks: false,
    texts: [
      'sip:201@office.example?Route=%3Csip:evil.test%3E',
      'sip:201@office.example;method=REFER',
      'sip:201@office.example>;tag=x',
      '"x" <sip:201@evil.test>, <sip:202@evil.test>',
      'sip:201@office.example?Replaces=a%3Bto-tag%3Db',
      'sips:201:password@evil.test',
    ],
  },
  {
    name: 'signs of a shell, scripts and endless texts',
    breaks: false,
    texts: [
      'tel:201;$(reboot)',
      'tel:`id`',
      '201|shutdown -h now',
      "'; DROP TABLE program; --",
      '<img src=x onerror=alert(1)>',
      '1'.repeat(512),
    ],
  },
];

/** Links that would cost money. */
export const tollFraud: readonly string[] = [
  'tel:+79000000000,,,9011%23',
  'tel:+882-16-123-45678',
  'tel:+8835100012345',
  'tel:8-809-123-45-67',
  'tel:+1-900-555-0199',
  'tel:+53-5-1234567',
  'sip:900@toll.evil.test',
  'callto:+2521234567',
  'tel:*72+882161234567',
  'tel:%2B88216123456',
  'tel:810882161234567',
];
