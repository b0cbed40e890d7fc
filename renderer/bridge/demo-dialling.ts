import { OffhookError } from '#contract/errors.ts';
import type { CommandResult, DialOrigin, DialRequest } from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';

export interface DemoDialling {
  requests: DialRequest[];
  trusted: DialOrigin[];
  links: CommandResult<'links.status'>;
}

export const noDialling = (): DemoDialling => ({
  requests: [],
  trusted: [],
  links: {
    supported: true,
    schemes: (['tel', 'callto', 'sip'] as const).map((scheme) => ({ scheme, ours: false, owner: '' })),
  },
});

/** The wishes to dial of the agent in memory. */
export class DemoDialDesk {
  private readonly bridge: DemoBridge;

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    bridge.answer('dialRequests.list', () => structuredClone(this.dialling.requests));
    bridge.answer('dialRequests.dial', ({ requestId }) => {
      if (!this.dialling.requests.some(({ id }) => id === requestId)) throw new OffhookError('dial.request-gone');
      this.keep(this.dialling.requests.filter(({ id }) => id !== requestId));
      return { callId: 'placed' };
    });
    bridge.answer('dialRequests.dismiss', ({ requestId }) => {
      this.keep(this.dialling.requests.filter(({ id }) => id !== requestId));
      return {};
    });
    bridge.answer('dialRequests.trusted', () => structuredClone(this.dialling.trusted));
    bridge.answer('dialRequests.distrust', ({ originId }) => {
      this.dialling.trusted = this.dialling.trusted.filter(({ id }) => id !== originId);
      return {};
    });
    bridge.answer('links.status', () => structuredClone(this.dialling.links));
    bridge.answer('links.register', ({ register }) => {
      this.dialling.links.schemes = this.dialling.links.schemes.map(({ scheme }) => ({
        scheme,
        ours: register,
        owner: '',
      }));
      return { done: register ? 'registered' : 'removed' };
    });
  }

  private get dialling(): DemoDialling {
    return this.bridge.state.dialling;
  }

  private keep(requests: DialRequest[]): void {
    this.dialling.requests = requests;
    this.bridge.emit('dialRequests.changed', { requests: structuredClone(requests) });
  }
}
