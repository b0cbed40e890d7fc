import type { WebContents } from 'electron';
import { pageOrigin } from '../channels.ts';

const schemes = ['https:', 'http:', 'mailto:', 'e1c:'];

/** A link may leave when it is a web page, an e-mail address or a card of 1C: none of them runs what somebody wrote. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && schemes.includes(url.protocol);
}

/** The window shows our page and no other; links open in the user's browser. */
export function guardNavigation(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>, openOutside: (address: string) => void): void {
  contents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${pageOrigin}/`)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) openOutside(url);
    return { action: 'deny' };
  });
}
