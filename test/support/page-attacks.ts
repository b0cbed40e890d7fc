/** Where a page of somebody else strikes at. */
export interface AttackTarget {
  /** The API as its programs call it, e.g. `http://127.0.0.1:17480`. */
  api: string;
  /** The same by a name of the attacker's that resolves to the loopback. */
  rebound: string;
  /** The attacker's own site. */
  site: string;
}

export interface PageAttack {
  /** As the guide lists it. */
  name: string;
  /** Which page it is run in: of another site, of another port of the loopback, or of the rebound name itself. */
  from: 'foreign' | 'neighbour' | 'rebound';
  /** Runs in the page. What it returns must be nothing that the API has said. */
  run: (target: AttackTarget) => unknown;
}

// Each function goes into the page as text: it can use nothing from here but its argument.

/** What a page of another origin may try, by every way that a browser has of sending something. */
export const pageAttacks: readonly PageAttack[] = [
  {
    name: 'reading an answer with fetch',
    from: 'foreign',
    run: ({ api }) => fetch(`${api}/openapi.json`).then((answer) => answer.text()),
  },
  {
    name: 'dialling with fetch and JSON',
    from: 'foreign',
    run: ({ api }) =>
      fetch(`${api}/v1/calls`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"text":"89161234567"}',
      }),
  },
  {
    name: 'dialling with fetch that wants no answer (no-cors, text/plain)',
    from: 'foreign',
    run: ({ api }) =>
      fetch(`${api}/v1/calls`, { method: 'POST', mode: 'no-cors', body: '{"text":"89161234567"}' }).then((answer) =>
        answer.text(),
      ),
  },
  {
    name: 'guessing a token with fetch',
    from: 'foreign',
    run: ({ api }) =>
      fetch(`${api}/v1/calls`, { headers: { Authorization: `Bearer ${'x'.repeat(43)}` } }).then((answer) =>
        answer.text(),
      ),
  },
  {
    name: 'dialling with XMLHttpRequest and cookies',
    from: 'foreign',
    run: ({ api }) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open('POST', `${api}/v1/dial-requests`);
        request.withCredentials = true;
        request.onloadend = () => resolve(request.responseText);
        request.send('{"source":"link","text":"tel:89161234567"}');
      }),
  },
  {
    name: 'asking to be paired',
    from: 'foreign',
    run: ({ api }) =>
      fetch(`${api}/v1/pairing`, {
        method: 'POST',
        mode: 'no-cors',
        body: '{"name":"Excel","scopes":["calls:dial"]}',
      }).then((answer) => answer.text()),
  },
  {
    name: 'dialling with a beacon, as text and as JSON',
    from: 'foreign',
    run: ({ api }) => {
      navigator.sendBeacon(`${api}/v1/calls`, '{"text":"89161234567"}');
      navigator.sendBeacon(`${api}/v1/calls`, new Blob(['{"text":"89161234567"}'], { type: 'application/json' }));
    },
  },
  ...(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'] as const).map(
    (enctype): PageAttack => ({
      name: `dialling with a form (${enctype})`,
      from: 'foreign',
      run: new Function(
        'target',
        `const form = document.createElement('form');
       form.method = 'post'; form.enctype = ${JSON.stringify(enctype)}; form.action = target.api + '/v1/calls'; form.target = 'answer';
       const frame = document.createElement('iframe'); frame.name = 'answer';
       const field = document.createElement('input'); field.name = '{"text":"89161234567","x":"'; field.value = '"}';
       form.append(field); document.body.append(frame, form); form.submit();`,
      ) as PageAttack['run'],
    }),
  ),
  {
    name: 'having the whole window go there',
    from: 'foreign',
    run: ({ api }) => {
      location.href = `${api}/v1/lookup?number=89161234567`;
    },
  },
  {
    name: 'pictures, scripts, styles, sounds and objects',
    from: 'foreign',
    run: ({ api }) => {
      for (const [tag, attribute] of [
        ['img', 'src'],
        ['script', 'src'],
        ['video', 'src'],
        ['embed', 'src'],
        ['object', 'data'],
        ['link', 'href'],
      ] as const) {
        const element = document.createElement(tag);
        if (element instanceof HTMLLinkElement) element.rel = 'stylesheet';
        element.setAttribute(attribute, `${api}/openapi.json`);
        document.body.append(element);
      }
    },
  },
  {
    name: 'framing an answer',
    from: 'foreign',
    run: ({ api }) =>
      new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = `${api}/openapi.json`;
        frame.onload = () => {
          try {
            resolve(frame.contentDocument?.body.textContent);
          } catch {
            // Another origin: it cannot be read.
            resolve(null);
          }
        };
        document.body.append(frame);
      }),
  },
  {
    name: 'listening with EventSource',
    from: 'foreign',
    run: ({ api }) =>
      new Promise((resolve) => {
        const source = new EventSource(`${api}/v1/events`);
        source.onmessage = ({ data }) => resolve(data);
        source.onerror = () => resolve(source.close());
      }),
  },
  {
    name: 'listening with a WebSocket, with and without a guessed token',
    from: 'foreign',
    run: ({ api }) =>
      Promise.all(
        [[], ['offhook', `offhook.token.${'x'.repeat(43)}`]].map(
          (protocols) =>
            new Promise((resolve) => {
              const socket = new WebSocket(`${api.replace('http', 'ws')}/v1/events`, protocols);
              socket.onopen = () => resolve('open');
              socket.onerror = () => resolve(null);
            }),
        ),
      ).then((opened) => opened.filter(Boolean).join()),
  },
  {
    name: 'asking from a frame without an origin',
    from: 'foreign',
    run: ({ api }) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-forms');
      frame.srcdoc = `<script>fetch('${api}/v1/calls', { method: 'POST', mode: 'no-cors', body: '{"text":"89161234567"}' })</script>`;
      document.body.append(frame);
    },
  },
  {
    name: 'asking from a worker',
    from: 'foreign',
    run: ({ api }) => {
      const source = `fetch('${api}/v1/calls', { method: 'POST', mode: 'no-cors', body: '{"text":"89161234567"}' })`;
      new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    },
  },
  {
    name: 'being sent on by the own site (307), with fetch and with a form',
    from: 'foreign',
    run: ({ api, site }) => {
      const redirect = `${site}/redirect?to=${encodeURIComponent(`${api}/v1/calls`)}`;
      void fetch(redirect, { method: 'POST', mode: 'no-cors', body: '{"text":"89161234567"}' }).catch(() => null);
      const form = document.createElement('form');
      form.method = 'post';
      form.action = redirect;
      document.body.append(form);
      form.submit();
    },
  },
  {
    name: 'the ping of a link',
    from: 'foreign',
    run: ({ api, site }) => {
      const link = document.createElement('a');
      link.href = `${site}/#`;
      link.ping = `${api}/v1/calls`;
      document.body.append(link);
      link.click();
    },
  },
  {
    name: 'a report of a broken policy',
    from: 'foreign',
    run: ({ api, site }) => {
      location.href = `${site}/reporting?to=${encodeURIComponent(`${api}/v1/calls`)}`;
    },
  },
  {
    name: 'fetching ahead',
    from: 'foreign',
    run: ({ api }) => {
      for (const [rel, as] of [
        ['prefetch', ''],
        ['preload', 'fetch'],
      ] as const) {
        const link = document.createElement('link');
        Object.assign(link, { rel, as, href: `${api}/v1/lookup?number=89161234567` });
        document.head.append(link);
      }
    },
  },
  {
    name: 'asking from a page at another port of this computer',
    from: 'neighbour',
    run: ({ api }) =>
      fetch(`${api}/v1/calls`, { method: 'POST', mode: 'no-cors', body: '{"text":"89161234567"}' }).then((answer) =>
        answer.text(),
      ),
  },
  {
    name: 'pictures in a page at another port of this computer',
    from: 'neighbour',
    run: ({ api }) => {
      document.body.append(Object.assign(document.createElement('img'), { src: `${api}/openapi.json` }));
    },
  },
  {
    name: 'DNS rebinding: reading',
    from: 'rebound',
    run: ({ rebound }) => fetch(`${rebound}/openapi.json`).then((answer) => (answer.ok ? answer.text() : null)),
  },
  {
    name: 'DNS rebinding: dialling',
    from: 'rebound',
    run: ({ rebound }) =>
      fetch(`${rebound}/v1/calls`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"text":"89161234567"}',
      }).then((answer) => (answer.ok ? answer.text() : null)),
  },
  {
    name: 'DNS rebinding: pairing',
    from: 'rebound',
    run: ({ rebound }) =>
      fetch(`${rebound}/v1/pairing`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"name":"Excel","scopes":["calls:dial"]}',
      }).then((answer) => (answer.ok ? answer.text() : null)),
  },
  {
    name: 'DNS rebinding: listening',
    from: 'rebound',
    run: ({ rebound }) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${rebound.replace('http', 'ws')}/v1/events`);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve(null);
      }),
  },
];
