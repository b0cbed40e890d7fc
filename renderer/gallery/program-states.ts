import type { AuditEntry, PairingRequest } from '#contract/ipc/index.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { noPrograms } from '#renderer/bridge/demo-programs.ts';
import type { DemoProgramState } from '#renderer/bridge/demo-programs.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';

const minute = 60_000;

export const samplePairing = (): PairingRequest => ({
  id: 'pairing-1',
  name: '1С:Предприятие',
  scopes: ['calls:read', 'calls:dial', 'people:show'],
  code: '418273',
  from: '127.0.0.1:50211',
  requestedAt: Date.now() - 4000,
  expiresAt: Date.now() + 116_000,
});

function used(): DemoProgramState {
  const now = Date.now();
  const entry = (id: number, part: Partial<AuditEntry>): AuditEntry => ({
    id,
    at: now - (40 - id) * minute,
    programId: 'program-1',
    programName: '1С:Предприятие',
    action: 'calls.place',
    subject: '+7 495 123-45-67',
    outcome: 'done',
    times: 1,
    ...part,
  });
  return {
    ...noPrograms(),
    status: { ...noPrograms().status, certificate: 'trusted', certificateUntil: Date.UTC(2028, 10, 25) },
    programs: [
      {
        ...{ id: 'program-1', name: '1С:Предприятие', pairedAt: now - 900 * minute, lastUsedAt: now - 4 * minute },
        scopes: ['calls:read', 'calls:dial', 'people:show'],
      },
      {
        ...{ id: 'program-2', name: 'Панель Offhook в Excel', pairedAt: now - 9000 * minute, lastUsedAt: null },
        scopes: ['calls:read', 'calls:dial', 'people:read'],
      },
    ],
    audit: [
      entry(39, { outcome: 'asked' }),
      entry(38, {
        ...{ programId: null, programName: '', action: 'foreign Origin', subject: 'https://evil.example' },
        ...{ outcome: 'refused', times: 12 },
      }),
      entry(30, { action: 'calls.drop', subject: '4a6e287a-5bfb-4ffe-b5bd-c411a2c4eed4' }),
      entry(28, { action: 'log.query', subject: 'log:read', outcome: 'refused' }),
      entry(20, { action: 'people.lookUp', subject: '+7 903 000-00-42' }),
      entry(4, { action: 'log.annotate', subject: '6f2d', outcome: 'failed' }),
    ],
  };
}

/** The page of programs, and one that asks. */
export const programStates = (full: () => DemoState): Record<string, () => DemoState> => ({
  programs: () => ({ ...full(), programs: used() }),
  programsNone: full,
  programsTaken: () => {
    const state = full();
    const problem = { code: 'local-api.port-taken' as const, values: { port: 17_480, other: 40_211 }, detail: null };
    state.programs.status = { ...state.programs.status, port: 40_211, problem, canTrust: false };
    return state;
  },
  pairing: () => ({ ...full(), programs: { ...noPrograms(), requests: [samplePairing()] } }),
});

export function openPrograms(name: string): void {
  if (name !== 'pairing') useScreenStore().showSettings('programs');
}
