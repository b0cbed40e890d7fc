import { fileURLToPath } from 'node:url';

/** The repository's folder, with a slash at the end taken off. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
