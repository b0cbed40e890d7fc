import type { DirectoryConfigOf, OwnContact } from '#contract/ipc/index.ts';
import { askComHelper } from '#core/com-helper/index.ts';
import type { ContactWriter } from '../contact-writer.ts';

/** ms for which the helper may say nothing. */
const patience = 30_000;

/** Makes contacts in classic Outlook, in the first of the directory's folders. */
export class OutlookContactWriter implements ContactWriter {
  private readonly folders: readonly string[];
  private readonly command: readonly string[];

  /** @param command program and arguments of the helper */
  constructor({ folders }: DirectoryConfigOf<'outlook'>, command: readonly string[]) {
    this.folders = folders.slice(0, 1);
    this.command = command;
  }

  async create(contact: OwnContact, signal: AbortSignal): Promise<boolean> {
    const request = { command: 'createcontact', ...contact, folders: this.folders };
    await askComHelper(request, { command: this.command, signal, patience });
    return false;
  }
}
