import type { ApiCall, ApiMatch } from '#contract/local-api/model.ts';
import { ApiFailure, type ApiClient } from './api-client.ts';
import { button, element } from './elements.ts';
import type { OfficeHost } from './office-host.ts';
import type { TextName } from './texts.ts';

export interface FoundNumber {
  text: string;
  dial: string;
  display: string;
  /** Whose it is; null until it is known, or for nobody. */
  match: ApiMatch | null;
}

type View =
  | { kind: 'connect'; note: TextName }
  | { kind: 'pairing'; code: string }
  | { kind: 'problem'; text: string }
  | { kind: 'numbers' };

const scopes = ['calls:read', 'calls:dial', 'calls:control', 'people:read', 'people:show'] as const;
const mostNumbers = 20;
const live: readonly ApiCall['state'][] = ['offering', 'dialing', 'proceeding', 'ringback', 'connected', 'onHold'];

/** What the pane shows and does: connects once, follows the selection, dials, and shows the call that is up. */
export class Pane {
  private readonly root: HTMLElement;
  private readonly api: ApiClient;
  private readonly host: OfficeHost;
  private readonly t: (name: TextName) => string;
  private view: View = { kind: 'numbers' };
  private numbers: FoundNumber[] = [];
  private call: ApiCall | null = null;
  private note = '';
  private text = '';
  private asked = 0;

  constructor(options: { root: HTMLElement; api: ApiClient; host: OfficeHost; t: (name: TextName) => string }) {
    this.root = options.root;
    this.api = options.api;
    this.host = options.host;
    this.t = options.t;
  }

  start(): void {
    if (this.host.kind === 'none') return this.show({ kind: 'problem', text: this.t('noOffice') });
    this.host.follow((text) => void this.look(text));
    if (this.api.token === null) this.show({ kind: 'connect', note: 'connectNote' });
    else this.connected();
  }

  private connected(): void {
    this.show({ kind: 'numbers' });
    this.api.listen(
      (event, data) => this.hear(event, data),
      (failure) => this.fail(failure),
    );
    void this.look(this.text);
  }

  private async connect(): Promise<void> {
    try {
      const name = this.host.kind === 'excel' ? 'Offhook · Excel' : 'Offhook · Outlook';
      const { pairingId, code } = await this.api.ask('pairing.begin', { name, scopes: [...scopes] });
      this.show({ kind: 'pairing', code });
      for (;;) {
        const { state, token } = await this.api.ask('pairing.await', { pairingId });
        if (state === 'waiting') continue;
        if (token === null) return this.show({ kind: 'connect', note: 'refused' });
        this.api.token = token;
        return this.connected();
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private async look(text: string): Promise<void> {
    this.text = text;
    const mine = (this.asked += 1);
    if (this.api.token === null || this.view.kind === 'pairing') return;
    try {
      const { numbers } = text.trim() === '' ? { numbers: [] } : await this.api.ask('numbers.find', { text });
      if (mine !== this.asked) return;
      const dials = new Set<string>();
      const once = numbers.filter(({ dial }) => !dials.has(dial) && dials.add(dial)).slice(0, mostNumbers);
      this.numbers = once.map(({ text: written, dial, display }) => ({ text: written, dial, display, match: null }));
      this.note = '';
      this.show({ kind: 'numbers' });
      await Promise.all(this.numbers.map((number) => this.recognise(number)));
      if (mine === this.asked && this.view.kind === 'numbers') this.paint();
    } catch (error) {
      if (mine === this.asked) this.fail(error);
    }
  }

  private async recognise(number: FoundNumber): Promise<void> {
    const { matches } = await this.api.ask('people.lookUp', { number: number.dial });
    number.match = matches.find(({ confidence }) => confidence !== 'possible') ?? null;
  }

  private async dial(number: FoundNumber): Promise<void> {
    try {
      const { requestId } = await this.api.ask('calls.place', { text: number.dial });
      this.note = requestId === null ? '' : this.t('asked');
      this.paint();
    } catch (error) {
      this.fail(error);
    }
  }

  private hear(event: string, data: unknown): void {
    const { call, calls } = data as { call?: ApiCall; calls?: ApiCall[] };
    const current = calls?.find(({ state }) => live.includes(state)) ?? call;
    if (!event.startsWith('call') || (!current && !calls)) return;
    const over = current && !live.includes(current.state);
    if (over && current.id !== this.call?.id) return;
    this.call = over ? null : (current ?? null);
    if (this.call) this.note = '';
    this.paint();
  }

  /** A token that is worth nothing any more asks anew; everything else is said. */
  private fail(error: unknown): void {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.code === 'program.not-paired') {
      this.api.token = null;
      this.call = null;
      return this.show({ kind: 'connect', note: 'connectNote' });
    }
    if (error.code === 'unreachable') return this.show({ kind: 'problem', text: this.t('unreachable') });
    this.note = error.message;
    this.paint();
  }

  private show(view: View): void {
    this.view = view;
    this.paint();
  }

  private paint(): void {
    this.root.replaceChildren(...this.parts());
  }

  private parts(): Node[] {
    const { view, t } = this;
    switch (view.kind) {
      case 'connect':
        return [element('p', '', t(view.note)), button(t('connect'), () => void this.connect())];
      case 'pairing':
        return [element('p', 'code', view.code), element('p', 'muted', t('compare'))];
      case 'problem':
        return [element('p', 'problem', view.text), button(t('again'), () => location.reload(), 'plain')];
      case 'numbers':
        return [...this.callPart(), ...this.notePart(), ...this.numberParts()];
    }
  }

  private callPart(): Node[] {
    const { call, t } = this;
    if (!call) return [];
    const state = call.state === 'proceeding' || call.state === 'ringback' ? 'dialing' : call.state;
    const word = t(state as 'offering' | 'dialing' | 'connected' | 'onHold');
    const drop = () => void this.api.ask('calls.drop', { callId: call.id }).catch((error: unknown) => this.fail(error));
    return [
      element(
        'section',
        'call',
        element('strong', '', call.name ?? call.display),
        element('span', 'muted', `${word} · ${call.display}`),
        button(t('hangUp'), drop, 'plain'),
      ),
    ];
  }

  private notePart(): Node[] {
    return this.note === '' ? [] : [element('p', 'muted', this.note)];
  }

  /** The number as it is read, with the extension that is dialled behind it. */
  private whole({ display, dial }: FoundNumber): string {
    const extension = dial.split(',').at(-1) ?? '';
    return dial.includes(',') && extension !== '' ? `${display}, ${this.t('extension')} ${extension}` : display;
  }

  private cardPart({ match }: FoundNumber): Node[] {
    if (!match) return [];
    const given = { personId: match.person.id };
    const show = () => void this.api.ask('people.showCard', given).catch((error: unknown) => this.fail(error));
    const card = button(this.t('card'), show, 'link');
    card.setAttribute('aria-label', `${this.t('card')}: ${match.person.name}`);
    return [card];
  }

  private numberParts(): Node[] {
    const { t } = this;
    if (this.numbers.length === 0)
      return [element('p', 'muted', t(this.host.kind === 'excel' ? 'pickCell' : 'noNumber'))];
    const rows = this.numbers.map((number) => {
      const { match } = number;
      const display = this.whole(number);
      const title = match?.person.name || display;
      const known = match ? [display, match.person.firm].filter((part) => part !== '').join(' · ') : number.text;
      const beneath = known === title ? [] : [element('span', 'muted', known)];
      const dial = button(t('call'), () => void this.dial(number));
      dial.setAttribute('aria-label', `${t('call')}: ${title}`);
      return element(
        'li',
        '',
        element('div', '', element('strong', '', title), ...beneath, ...this.cardPart(number)),
        dial,
      );
    });
    return [element('h1', '', t('numbers')), element('ul', '', ...rows)];
  }
}
