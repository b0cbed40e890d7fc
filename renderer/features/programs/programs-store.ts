import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { AuditEntry, LocalApiStatus, PairedProgram, PairingRequest } from '#contract/ipc/index.ts';
import type { Scope } from '#contract/local-api/scopes.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useCardsStore } from '#renderer/features/people/cards-store.ts';

const auditPage = 50;

/** Programs that use the phone, those that ask to, and what they did. */
export const useProgramsStore = defineStore('programs', () => {
  const bridge = useBridge();
  const cards = useCardsStore();
  const status = shallowRef<LocalApiStatus | null>(null);
  const programs = shallowRef<PairedProgram[]>([]);
  const requests = shallowRef<PairingRequest[]>([]);
  const audit = shallowRef<AuditEntry[]>([]);
  const auditEnded = ref(false);

  bridge.on('localApi.changed', (change) => (status.value = change.status));
  bridge.on('programs.changed', (change) => {
    programs.value = change.programs;
    requests.value = change.requests;
  });
  bridge.on('programs.showCard', ({ number, personId }) => {
    if (personId !== null) cards.open({ personId }, '');
    else if (number !== null) cards.open({ number }, number);
  });
  bridge.onConnection((state) => state === 'open' && void loadRequests().catch(() => undefined));

  async function loadRequests(): Promise<void> {
    requests.value = (await bridge.call('programs.requests', {})) ?? [];
  }

  async function load(): Promise<void> {
    [status.value, programs.value] = await Promise.all([
      bridge.call('localApi.status', {}),
      bridge.call('programs.list', {}),
    ]);
    await loadRequests();
  }

  /** From the newest on, or what is older than what is there. */
  async function loadAudit(more = false): Promise<void> {
    const before = more ? (audit.value.at(-1)?.id ?? null) : null;
    const found = await bridge.call('programs.audit', { before, limit: auditPage });
    audit.value = more ? [...audit.value, ...found] : found;
    auditEnded.value = found.length < auditPage;
  }

  async function approve(requestId: string, scopes: Scope[]): Promise<void> {
    await bridge.call('programs.approve', { requestId, scopes });
  }
  async function refuse(requestId: string): Promise<void> {
    await bridge.call('programs.refuse', { requestId });
  }
  async function revoke(programId: string): Promise<void> {
    await bridge.call('programs.revoke', { programId });
  }
  async function trustCertificate(): Promise<void> {
    status.value = await bridge.call('localApi.trustCertificate', {});
  }
  async function removeCertificate(): Promise<void> {
    status.value = await bridge.call('localApi.removeCertificate', {});
  }

  return {
    ...{ status, programs, requests, audit, auditEnded },
    ...{ load, loadAudit, approve, refuse, revoke, trustCertificate, removeCertificate },
  };
});
