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

/**
 * Picks the sentence in the reader's language.
 * @param {string} ru
 * @param {string} en
 */
export function words(ru, en) {
  return russian ? ru : en;
}

/**
 * @param {string} ru
 * @param {string} en
 */
export function say(ru, en) {
  process.stdout.write(words(ru, en) + '\n');
}

/**
 * One sentence, and the end of the program.
 * @param {string} ru
 * @param {string} en
 * @returns {never}
 */
export function fail(ru, en) {
  process.stderr.write(words(ru, en) + '\n');
  process.exit(1);
}
