import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import type { DirectoryEnvironment, DirectorySource } from '#core/contacts/directories/directory-source.ts';

/**
 * Opens the source of a configuration. Each kind is loaded when it is first wanted, so that reading a sheet costs
 * nothing of what a directory server needs. Rejects with `directory.not-here` for a kind that this program cannot read.
 */
export async function openDirectorySource(
  config: DirectoryConfig,
  environment: DirectoryEnvironment,
): Promise<DirectorySource> {
  switch (config.kind) {
    case 'sheet':
      return (await import('#core/contacts/directories/sheets/sheet-directory.ts')).openSheetDirectory(
        config,
        environment,
      );
    case 'vcard':
      return (await import('#core/contacts/directories/vcard/vcard-directory.ts')).openVcardDirectory(
        config,
        environment,
      );
    case 'carddav':
      return (await import('#core/contacts/directories/carddav/carddav-directory.ts')).openCarddavDirectory(
        config,
        environment,
      );
    case 'ldap':
      return (await import('#core/contacts/directories/ldap/ldap-directory.ts')).openLdapDirectory(config, environment);
    case 'outlook':
      return (await import('#core/contacts/directories/outlook/outlook-directory.ts')).openOutlookDirectory(
        config,
        environment,
      );
    case 'graph':
      return (await import('#core/contacts/directories/graph/graph-directory.ts')).openGraphDirectory(
        config,
        environment,
      );
    case 'onec':
      return (await import('#core/contacts/directories/onec/onec-directory.ts')).openOnecDirectory(config, environment);
    default:
      throw new OffhookError('directory.not-here', { detail: `nothing here reads ${config.kind}` });
  }
}
