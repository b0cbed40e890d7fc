import { OffhookError } from '#contract/errors.ts';
import type { AuditEntry, LocalApiStatus, PairedProgram, PairingRequest } from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';

export interface DemoProgramState {
  status: LocalApiStatus;
  programs: PairedProgram[];
  requests: PairingRequest[];
  audit: AuditEntry[];
}

export function noPrograms(): DemoProgramState {
  const status: LocalApiStatus = {
    enabled: true,
    port: 17_480,
    securePort: 17_443,
    problem: null,
    certificate: 'none',
    certificateUntil: null,
    canTrust: true,
  };
  return { status, programs: [], requests: [], audit: [] };
}

/** The local API's side of an agent in memory. */
export class DemoPrograms {
  private readonly bridge: DemoBridge;

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    bridge.answer('localApi.status', () => structuredClone(this.state.status));
    bridge.answer('programs.list', () => structuredClone(this.state.programs));
    bridge.answer('programs.requests', () => structuredClone(this.state.requests));
    bridge.answer('programs.audit', ({ before, limit }) =>
      this.state.audit
        .filter(({ id }) => before === null || before === undefined || id < before)
        .slice(0, limit ?? 100),
    );
    bridge.answer('programs.approve', ({ requestId, scopes }) => {
      const { id, name } = this.taken(requestId);
      const program = { id: `program-${id}`, name, scopes, pairedAt: Date.now(), lastUsedAt: null };
      this.state.programs.push(program);
      this.tell();
      return program;
    });
    bridge.answer('programs.refuse', ({ requestId }) => {
      this.taken(requestId);
      this.tell();
      return {};
    });
    bridge.answer('programs.revoke', ({ programId }) => {
      this.state.programs = this.state.programs.filter(({ id }) => id !== programId);
      this.tell();
      return {};
    });
    bridge.answer('localApi.trustCertificate', () => this.certify('trusted'));
    bridge.answer('localApi.removeCertificate', () => this.certify('none'));
  }

  private get state(): DemoProgramState {
    return this.bridge.state.programs;
  }

  private taken(requestId: string): PairingRequest {
    const request = this.state.requests.find(({ id }) => id === requestId);
    if (!request) throw new OffhookError('program.request-gone');
    this.state.requests = this.state.requests.filter((one) => one !== request);
    return request;
  }

  private tell(): void {
    const { programs, requests } = structuredClone(this.state);
    this.bridge.emit('programs.changed', { programs, requests });
  }

  private certify(certificate: LocalApiStatus['certificate']): LocalApiStatus {
    const certificateUntil = certificate === 'none' ? null : Date.UTC(2028, 10, 25);
    this.state.status = { ...this.state.status, certificate, certificateUntil };
    return structuredClone(this.state.status);
  }
}
