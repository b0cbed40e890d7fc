export type Language = 'ru' | 'en';

/** The language of messages, by the rules of POSIX; where the environment says nothing, the system's own. */
export function languageOf(environment: NodeJS.ProcessEnv, system: () => string): Language {
  const wanted = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || environment.LANGUAGE || system();
  return /^ru/i.test(wanted) ? 'ru' : 'en';
}
