import { OffhookError } from '#contract/errors.ts';
import type { LocalApiStatus } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Logger } from '#core/foundation/index.ts';
import type { JsonDocument, SecretStore } from '#core/settings/index.ts';
import { z } from 'zod';
import type { CertificateTrust } from './certificate-trust.ts';
import { makeCertificate, type LocalCertificate } from './make-certificate.ts';

const secretName = 'local-api:key';
const kept = z.object({ certificate: z.string(), authority: z.string(), until: z.number() });

export interface LocalCertificatesOptions {
  /** What may be read by anybody; the key is among the secrets. */
  document: JsonDocument;
  secrets: SecretStore;
  trust: CertificateTrust;
  clock: Clock;
  logger: Logger;
  make?: typeof makeCertificate;
}

/** The certificate of the secure port: made with the user's consent, trusted with it, and gone without a trace. */
export class LocalCertificates {
  private readonly options: LocalCertificatesOptions;
  private readonly changed = new Emitter<void>();
  private known: LocalCertificate | null = null;
  private trusted = false;
  private available = false;
  private turn: Promise<unknown> = Promise.resolve();

  readonly onChanged = this.changed.event;

  constructor(options: LocalCertificatesOptions) {
    this.options = options;
  }

  /** What the secure port shows; null where there is none, or its time is over. */
  get current(): LocalCertificate | null {
    return this.known && this.known.until > this.options.clock.now() ? this.known : null;
  }

  get status(): Pick<LocalApiStatus, 'certificate' | 'certificateUntil' | 'canTrust'> {
    const { current, trusted, available } = this;
    const certificate = current === null ? 'none' : trusted ? 'trusted' : 'made';
    return { certificate, certificateUntil: current?.until ?? null, canTrust: available };
  }

  load(): Promise<void> {
    return this.inTurn(async () => {
      const { document, secrets, trust, logger } = this.options;
      this.available = await trust.available();
      const found = kept.safeParse(document.value);
      if (!found.success) return;
      const key = await secrets.get(secretName).catch((error: unknown) => {
        logger.warn('the key of the secure port cannot be read', { error });
        return null;
      });
      if (key === null) return;
      this.known = { ...found.data, key };
      this.trusted = await trust.has(found.data.authority).catch(() => false);
    });
  }

  /** @throws OffhookError `local-api.certificate-failed`, `local-api.trust-failed` */
  trust(): Promise<void> {
    return this.inTurn(async () => {
      const { trust } = this.options;
      this.known = this.current ?? (await this.make());
      try {
        await trust.add(this.known.authority);
        this.trusted = true;
      } finally {
        this.changed.fire();
      }
    });
  }

  /** @throws OffhookError `local-api.trust-failed`: it is still there then, and can be tried again */
  remove(): Promise<void> {
    return this.inTurn(async () => {
      const { document, secrets, trust } = this.options;
      if (this.known) await trust.remove(this.known.authority);
      await Promise.all([document.write({}), secrets.delete(secretName)]);
      this.known = null;
      this.trusted = false;
      this.changed.fire();
    });
  }

  private async make(): Promise<LocalCertificate> {
    const { document, secrets, clock, make = makeCertificate } = this.options;
    try {
      const made = await make(clock.now());
      const { key, ...shown } = made;
      await Promise.all([secrets.set(secretName, key), document.write(shown)]);
      return made;
    } catch (cause) {
      throw new OffhookError('local-api.certificate-failed', { detail: String(cause), cause });
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
