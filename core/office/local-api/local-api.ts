import type {
  AuditEntry,
  CommandArguments,
  LocalApiStatus,
  PairedProgram,
  PairingRequest,
} from '#contract/ipc/index.ts';
import type { Scope } from '#contract/local-api/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** Where programs of this very user find the API. `secret` is good for this run, and read from a file for the user alone. */
export interface LocalApiAccess {
  port: number;
  securePort: number | null;
  secret: string;
}

/** The API for other programs on this computer, and which of them may use it. */
export interface LocalApi {
  status(): LocalApiStatus;
  programs(): PairedProgram[];
  requests(): PairingRequest[];
  /** @throws OffhookError `program.request-gone` */
  approve(requestId: string, scopes: readonly Scope[]): Promise<PairedProgram>;
  refuse(requestId: string): void;
  /** @throws OffhookError `program.unknown` */
  revoke(programId: string): Promise<void>;
  audit(asked: CommandArguments<'programs.audit'>): Promise<AuditEntry[]>;
  /** @throws OffhookError `local-api.certificate-failed`, `local-api.trust-failed` */
  trustCertificate(): Promise<LocalApiStatus>;
  removeCertificate(): Promise<LocalApiStatus>;
  /** Null while it does not listen. */
  readonly access: LocalApiAccess | null;
  readonly onAccess: Event<LocalApiAccess | null>;
  readonly onStatus: Event<LocalApiStatus>;
  readonly onPrograms: Event<{ programs: PairedProgram[]; requests: PairingRequest[] }>;
  readonly onShowCard: Event<{ number: string | null; personId: string | null }>;
}
