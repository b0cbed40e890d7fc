/**
 * The port that an administrator or a test wants for the local API, from `OFFHOOK_API_PORT`: 0 for any. Null where none
 * is named, or what is named is none.
 */
export function forcedPort(environment: Readonly<Record<string, string | undefined>>): number | null {
  const text = environment.OFFHOOK_API_PORT ?? '';
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : null;
}
