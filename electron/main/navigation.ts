import type { WebContents } from 'electron';
import { pageOrigin } from '../channels.ts';

/** A link may leave for the user's browser when it is a web page, and nowhere else. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:';
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
