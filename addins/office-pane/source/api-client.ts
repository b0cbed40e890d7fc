import type { OperationInput, OperationName, OperationResult } from '#contract/local-api/index.ts';

/** Where an operation is asked for; the table itself stays on the other side, with its validators. */
const routes = {
  'calls.drop': ['POST', '/calls/{callId}/drop'],
  'calls.place': ['POST', '/calls'],
  'numbers.find': ['POST', '/numbers'],
  'people.lookUp': ['GET', '/lookup'],
  'people.showCard': ['POST', '/card'],
  'status.get': ['GET', '/status'],
  'pairing.begin': ['POST', '/pairing'],
  'pairing.await': ['GET', '/pairing/{pairingId}'],
} as const satisfies Partial<Record<OperationName, readonly [string, string]>>;

export type PaneOperation = keyof typeof routes;
export const paneRoutes: Record<PaneOperation, readonly [method: string, path: string]> = routes;

/** The agent said no; `message` is its sentence. */
export class ApiFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const tokenName = 'offhook-token';
/** ms until a connection that was lost is sought again. */
const pause = 3000;

/** The local API as the pane uses it, at the address that the pane came from. */
export class ApiClient {
  private turn = 0;

  get token(): string | null {
    return localStorage.getItem(tokenName);
  }

  set token(token: string | null) {
    if (token === null) localStorage.removeItem(tokenName);
    else localStorage.setItem(tokenName, token);
  }

  /** @throws ApiFailure; `unreachable` where nobody answers */
  async ask<N extends PaneOperation>(name: N, given: OperationInput<N>): Promise<OperationResult<N>> {
    const [method, template] = paneRoutes[name];
    const rest: Record<string, unknown> = { ...given };
    const path = template.replace(/\{(\w+)\}/g, (_whole, key: string) => {
      const value = String(rest[key]);
      delete rest[key];
      return encodeURIComponent(value);
    });
    const query = method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>)}` : '';
    const headers: Record<string, string> = this.token === null ? {} : { Authorization: `Bearer ${this.token}` };
    const hasBody = method !== 'GET' && Object.keys(rest).length > 0;
    if (hasBody) headers['Content-Type'] = 'application/json';
    const response = await fetch(`/v1${path}${query}`, {
      method,
      headers,
      body: hasBody ? JSON.stringify(rest) : null,
    }).catch(() => {
      throw new ApiFailure('unreachable', '');
    });
    const answer = (await response.json()) as OperationResult<N> & { error?: { code: string }; message?: string };
    if (response.ok) return answer;
    throw new ApiFailure(answer.error?.code ?? 'internal.bug', answer.message ?? String(response.status));
  }

  /**
   * What happens to calls, as long as the pane is open; comes back by itself, until the token is worth nothing any more.
   * @param onNotPaired told that then, once
   */
  listen(onEvent: (event: string, data: unknown) => void, onNotPaired: (failure: ApiFailure) => void): void {
    const turn = (this.turn += 1);
    const socket = new WebSocket(`wss://${location.host}/v1/events`, ['offhook', `offhook.token.${this.token}`]);
    socket.addEventListener('message', ({ data }) => {
      const told = JSON.parse(String(data)) as { event: string; data: unknown };
      onEvent(told.event, told.data);
    });
    const again = async () => {
      const failure = turn === this.turn ? await this.notPaired() : null;
      // The pane was paired anew meanwhile, and listens already.
      if (turn !== this.turn) return;
      if (failure) onNotPaired(failure);
      else this.listen(onEvent, onNotPaired);
    };
    socket.addEventListener('close', () => setTimeout(() => void again(), pause));
  }

  /** A page is not told why a WebSocket was refused: a request is. Another pane may have put the token away already. */
  private async notPaired(): Promise<ApiFailure | null> {
    try {
      await this.ask('status.get', {});
      return null;
    } catch (error) {
      return error instanceof ApiFailure && error.code === 'program.not-paired' ? error : null;
    }
  }
}
