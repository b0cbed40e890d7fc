import type { DialOrigin } from '#contract/ipc/index.ts';

/** Which program opened a link, so that the user can trust it. */
export interface OriginFinder {
  /** @param pid of the process that the system started for the link; null where nobody knows */
  findOrigin(pid: number): Promise<DialOrigin | null>;
}
