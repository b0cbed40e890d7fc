import { OffhookError } from '#contract/errors.ts';
import type { DirectoryStatus } from '#contract/ipc/index.ts';
import type { ContactWriter } from '#core/contacts/directories/contact-writer.ts';
import { GraphContactWriter } from '#core/contacts/directories/graph/graph-contact-writer.ts';
import { OutlookContactWriter } from '#core/contacts/directories/outlook/outlook-contact-writer.ts';
import type { GraphAccounts } from './graph-accounts.ts';

/** Who makes contacts in a directory; null for one that takes none from Offhook. */
export function contactWriterOf(
  { id, config }: DirectoryStatus,
  { outlookHelper, graphAccounts }: { outlookHelper?: readonly string[]; graphAccounts: GraphAccounts },
): ContactWriter | null {
  if (config.kind === 'graph')
    return new GraphContactWriter(graphAccounts.access({ id, config }, 'Contacts.ReadWrite'));
  if (config.kind !== 'outlook') return null;
  if (!outlookHelper) throw new OffhookError('directory.outlook-missing', { detail: 'no helper on this computer' });
  return new OutlookContactWriter(config, outlookHelper);
}
