import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import type { DirectoryEnvironment, DirectorySource } from '#core/contacts/directories/directory-source.ts';

/**
 * Opens the source of a configuration. Each kind is loaded when it is first wanted, so that reading a sheet costs
 * nothing of what a directory server needs. Rejects with `directory.not-here` for a kind that this program cannot read.
 */
export async function openDirectorySource(
  config: DirectoryConfig,
  _environment: DirectoryEnvironment,
): Promise<DirectorySource> {
  switch (config.kind) {
    default:
      throw new OffhookError('directory.not-here', { detail: `nothing here reads ${config.kind}` });
  }
}
