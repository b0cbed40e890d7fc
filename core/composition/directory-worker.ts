import { serveDirectoryWork } from '#core/contacts/directories/intake/serve-directory-work.ts';
import { openDirectorySource } from './directory-sources.ts';

/** Entry of a thread that reads one address book, or works on the entries of one, and ends. */
serveDirectoryWork(openDirectorySource);
