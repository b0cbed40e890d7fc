import process from 'process';

const wanted = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || process.env.LANGUAGE || '';
const system = () => {
  try {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  } catch (error) {
    return error ? 'en' : 'en';
  }
};

/** Russian where the system speaks it, English anywhere else. */
export const russian = /^ru/i.test(wanted) || (wanted === '' && /^ru/i.test(system()));

/** Picks the sentence in the reader's language. */
export function words(ru, en) {
  return russian ? ru : en;
}

export function say(ru, en) {
  process.stdout.write(words(ru, en) + '\n');
}

/** One sentence, and the end of the program. */
export function fail(ru, en) {
  process.stderr.write(words(ru, en) + '\n');
  process.exit(1);
}
