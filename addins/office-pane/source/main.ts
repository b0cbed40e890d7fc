import { ApiClient } from './api-client.ts';
import { findHost } from './find-host.ts';
import { Pane } from './pane.ts';
import { textsFor } from './texts.ts';

const root = document.querySelector('main');
if (root) {
  const host = await findHost();
  document.documentElement.lang = host.language;
  new Pane({ root, api: new ApiClient(), host, t: textsFor(host.language) }).start();
}
