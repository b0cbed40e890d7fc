import type { DialCandidate, DialOrigin, DialSource } from '#contract/ipc/index.ts';
import type { Settings } from '#contract/settings.ts';
import { holdsUp } from './judge-number.ts';
import { isWebBrowser } from './origins/known-programs.ts';

export interface Wish {
  source: DialSource;
  origin: DialOrigin | null;
  candidates: readonly DialCandidate[];
  /** The default one when it is left out or null. */
  lineId?: string | null;
}

type KnownOrigin = DialOrigin & { id: string };

/** A program that can be told from others and is no web browser: the only kind that can be trusted. */
export function isKnownProgram(origin: DialOrigin | null): origin is KnownOrigin {
  return origin !== null && origin.id !== null && origin.id !== '' && !isWebBrowser(origin.id);
}

/**
 * Whether nothing has to be asked. A web page may be behind a browser, and behind a link of which nobody knows who
 * opened it: these never dial without a click here, an emergency number neither (ADR 17).
 */
export function dialsAtOnce({ source, origin, candidates }: Wish, settings: Settings, isTrusted: boolean): boolean {
  const [candidate] = candidates;
  if (!candidate || candidate.refusal || candidates.length > 1) return false;
  if (source === 'browser' || source === 'selection' || source === 'clipboard') return false;
  if ((source === 'link' || source === 'program') && !isKnownProgram(origin)) return false;
  if (candidate.emergency) return true;
  if (holdsUp(candidate.warnings, settings)) return false;
  switch (source) {
    case 'link':
      return isTrusted || settings.linkDialling === 'dial';
    case 'program':
      return isTrusted;
    case 'command-line':
    case 'sheet':
      return true;
  }
}
