/** From a page's script, or the popup, to the background; answered with a `DialAnswer` or a `PhoneState`. */
export type ToBackground = { kind: 'dial'; number: string } | { kind: 'state' };

/** From the popup to a page's script; answered with a `PageState`. */
export type ToPage = { kind: 'page' };

/** `no-host`: the browser does not know the native host. */
export type DialAnswer =
  { outcome: 'asked' | 'dialled' | 'not-running' | 'no-host' } | { outcome: 'failed'; sentence: string };

export interface PhoneState {
  state: 'registered' | 'unregistered' | 'not-running' | 'no-host';
}

export interface PageState {
  host: string;
  /** Numbers that are marked. */
  marks: number;
}
