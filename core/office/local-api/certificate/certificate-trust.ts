/** The user's own store of roots that browsers and Office trust. Nothing is changed in it but by the user's consent. */
export interface CertificateTrust {
  /** Whether it can be changed from here. */
  available(): Promise<boolean>;
  /** @param authority PEM. Rejects with `local-api.trust-failed`, also when the user said no to the system's question. */
  add(authority: string): Promise<void>;
  /** Nothing where it is not there. @throws OffhookError `local-api.trust-failed` */
  remove(authority: string): Promise<void>;
  has(authority: string): Promise<boolean>;
}
