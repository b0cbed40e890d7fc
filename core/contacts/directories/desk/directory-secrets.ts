import type { Logger } from '#core/foundation/index.ts';
import type { SecretStore } from '#core/settings/index.ts';

const nameOf = (directoryId: string) => `directory:${directoryId}`;

/** Passwords and tokens of the directories. */
export class DirectorySecrets {
  private readonly secrets: SecretStore;
  private readonly logger: Logger;

  constructor(secrets: SecretStore, logger: Logger) {
    this.secrets = secrets;
    this.logger = logger;
  }

  /** Rejects with `secrets.unreadable`. */
  get(directoryId: string): Promise<string | null> {
    return this.secrets.get(nameOf(directoryId));
  }

  /** Known until the program ends even where it cannot be saved. */
  async set(directoryId: string, secret: string): Promise<void> {
    await this.attempt('saved', this.secrets.set(nameOf(directoryId), secret));
  }

  async drop(directoryId: string): Promise<void> {
    await this.attempt('deleted', this.secrets.delete(nameOf(directoryId)));
  }

  private async attempt(what: string, work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.logger.warn(`a directory’s key was not ${what}`, { error }));
  }
}
