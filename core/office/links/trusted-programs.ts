import type { DialOrigin } from '#contract/ipc/index.ts';

/** Programs whose wishes to dial are fulfilled at once. */
export interface TrustedPrograms {
  list(): DialOrigin[];
  has(originId: string): boolean;
  /** In force at once; resolves when it is kept. Rejects with `settings.not-saved`. */
  add(origin: DialOrigin & { id: string }): Promise<void>;
  remove(originId: string): Promise<void>;
}
