import { OffhookError, toReport } from '#contract/errors.ts';
import type { CommandArguments, DialCandidate, DialOrigin, DialOutcome, DialRequest } from '#contract/ipc/index.ts';
import { placeCall, type CallServices, type RedialMemory } from '#core/calls/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import { cutText, Emitter, showLine, type Logger } from '#core/foundation/index.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { CalledCountries } from './called-countries.ts';
import type { DialDesk } from './dial-desk.ts';
import { DialLimits } from './dial-limits.ts';
import { dialsAtOnce, isKnownProgram, type Wish } from './dials-at-once.ts';
import { findCandidates } from './find-candidates.ts';
import { holdsUp } from './judge-number.ts';
import type { TrustedPrograms } from './trusted-programs.ts';

/** More questions nobody answers one by one. */
const mostOpen = 5;
/** A question that nobody answered makes room for another one. ms. */
const forgottenAfter = 5 * 60_000;

type Asked = CommandArguments<'dialRequests.open'>;

export interface DialRequestsOptions {
  services: CallServices;
  redial: RedialMemory;
  settings: SettingsStore;
  directory: Pick<PeopleDirectory, 'match'>;
  trustedPrograms: TrustedPrograms;
  calledCountries: CalledCountries;
  /** Makes sure that there is a window to ask in. */
  showWindow(): void;
  logger: Logger;
}

interface OpenRequest extends DialRequest {
  /** The same wish has the same one. */
  key: string;
  /** Null for the default one. */
  lineId: string | null;
}

/** Wishes to dial, held in memory: nothing of yesterday's is dialled today. */
export class DialRequests implements DialDesk {
  private readonly options: DialRequestsOptions;
  private readonly limits: DialLimits;
  private readonly changed = new Emitter<DialRequest[]>();
  private requests: OpenRequest[] = [];

  readonly onChanged = this.changed.event;

  constructor(options: DialRequestsOptions) {
    this.options = options;
    this.limits = new DialLimits(options.services.clock);
  }

  list(): DialRequest[] {
    return this.requests.map(({ key: _key, lineId: _lineId, ...request }) => request);
  }

  open(asked: Asked): DialOutcome {
    const { settings, trustedPrograms } = this.options;
    const origin = asked.origin && { id: asked.origin.id, name: showLine(asked.origin.name, 100) };
    const { lineId = null } = asked;
    const key = JSON.stringify([asked.source, origin?.id ?? '', asked.text, lineId]);
    const candidates = this.candidates({ ...asked, origin }, key);
    const wish: Wish = { source: asked.source, origin, candidates, lineId };
    const isTrusted = isKnownProgram(origin) && trustedPrograms.has(origin.id);
    if (dialsAtOnce(wish, settings.values, isTrusted)) {
      const callId = this.dialNow(candidates[0]!, wish, key);
      if (callId !== null) return { callId, requestId: null };
    }
    return { callId: null, requestId: this.ask(wish, key) };
  }

  check(text: string): void {
    const { settings, directory, calledCountries } = this.options;
    const isUsual = (country: string) => calledCountries.has(country);
    const [candidate] = findCandidates('program', text, { settings: settings.values, directory, isUsual });
    if (!candidate || candidate.emergency) return;
    if (candidate.refusal) throw OffhookError.fromReport(candidate.refusal);
    if (!holdsUp(candidate.warnings, settings.values)) return;
    const abroad = candidate.warnings.includes('international');
    const values = { number: candidate.display };
    throw new OffhookError(abroad ? 'dial.refused-international' : 'dial.refused-premium', { values });
  }

  dial(requestId: string, index: number, trust: boolean): { callId: string } {
    const request = this.requests.find(({ id }) => id === requestId);
    const candidate = request?.candidates[index];
    if (!request || !candidate) throw new OffhookError('dial.request-gone');
    if (candidate.refusal) throw OffhookError.fromReport(candidate.refusal);
    const callId = this.place(candidate, request.lineId);
    if (trust && isKnownProgram(request.origin)) this.trust(request.origin);
    this.dismiss(requestId);
    return { callId };
  }

  dismiss(requestId: string): void {
    this.setRequests(this.requests.filter(({ id }) => id !== requestId));
  }

  trusted(): DialOrigin[] {
    return this.options.trustedPrograms.list();
  }

  distrust(originId: string): Promise<void> {
    return this.options.trustedPrograms.remove(originId);
  }

  /** What is refused is told on the screen as well where the one who asked has no way to show it. */
  private candidates({ source, origin, text, lineId }: Asked, key: string): DialCandidate[] {
    const { settings, directory, calledCountries } = this.options;
    const isUsual = (country: string) => calledCountries.has(country);
    const isShown = source === 'link' || source === 'selection' || source === 'browser';
    let found: DialCandidate[] = [];
    try {
      found = findCandidates(source, text, { settings: settings.values, directory, isUsual });
      const [first] = found;
      if (first?.refusal) throw OffhookError.fromReport(first.refusal);
      return found;
    } catch (error) {
      if (isShown && error instanceof OffhookError && this.hasRoom(key)) {
        const candidates = found.length > 0 ? found : [refused(text, error)];
        this.ask({ source, origin, candidates, lineId }, key);
      }
      throw error;
    }
  }

  /** Null where it has to be asked after all: there were too many, or no line can dial it yet. */
  private dialNow(candidate: DialCandidate, { source, lineId = null }: Wish, key: string): string | null {
    if (source !== 'link') return this.place(candidate, lineId);
    const same = this.limits.same(key);
    if (same !== null) return same;
    if (!candidate.emergency && this.limits.reached) return null;
    try {
      const callId = this.place(candidate, lineId);
      this.limits.note(key, callId);
      return callId;
    } catch (error) {
      // Whoever opened a link hears of nothing: the question stays until there is a line.
      if (error instanceof OffhookError && error.code.startsWith('line.')) return null;
      throw error;
    }
  }

  private place(candidate: DialCandidate, lineId: string | null): string {
    const call = placeCall(this.options.services, candidate.text, lineId);
    this.options.redial.note(candidate.text);
    return call.id;
  }

  private hasRoom(key: string): boolean {
    const since = this.options.services.clock.now() - forgottenAfter;
    return this.requests.filter((request) => request.key !== key && request.requestedAt >= since).length < mostOpen;
  }

  /** The same wish is asked once: its question stays where it is. An emergency number always finds room. */
  private ask({ source, origin, candidates, lineId = null }: Wish, key: string): string {
    const { services, showWindow } = this.options;
    const isUrgent = candidates.some(({ emergency }) => emergency);
    if (!isUrgent && !this.hasRoom(key)) throw new OffhookError('dial.too-many');
    const requestedAt = services.clock.now();
    const known = this.requests.find((request) => request.key === key);
    const request: OpenRequest = {
      ...{ id: known?.id ?? services.newId(), key, source, origin, requestedAt, lineId },
      canTrust: (source === 'link' || source === 'program') && isKnownProgram(origin),
      candidates: [...candidates],
    };
    const others = this.requests.filter((other) => other !== known);
    const kept = others.length >= mostOpen ? others.slice(1 - mostOpen) : others;
    this.setRequests(known ? this.requests.map((other) => (other === known ? request : other)) : [...kept, request]);
    showWindow();
    return request.id;
  }

  private trust(origin: DialOrigin & { id: string }): void {
    this.options.trustedPrograms
      .add(origin)
      .catch((error: unknown) => this.options.logger.warn('a trusted program is not kept', { error }));
  }

  private setRequests(requests: OpenRequest[]): void {
    this.requests = requests;
    this.changed.fire(this.list());
  }
}

/** A wish of which nothing can be dialled, to be told of. */
function refused(text: string, error: OffhookError): DialCandidate {
  const written = showLine(cutText(text, 400), 100);
  return {
    ...{ text: '', written, display: written, extension: null, rules: [], emergency: false, warnings: [], name: '' },
    refusal: toReport(error),
  };
}
