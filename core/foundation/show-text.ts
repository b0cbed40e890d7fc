/** Direction overrides turn around what is shown (Unicode TR 36); control characters are nothing to show. */
const deceiving = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const deceivingInLines = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/gu;
// Of the format characters one is only set aside.
const invisible = /[\p{Cc}\p{Cf}\u2065]/gu;

/** One line of hostile text, without what could disguise it or what stands beside it. */
export function withoutDeceit(text: string): string {
  return text.replace(deceiving, '');
}

/** The same for text of several lines; tabs and line feeds stay. */
export function linesWithoutDeceit(text: string): string {
  return text.replace(deceivingInLines, '');
}

/** At most `most` UTF-16 units of a text, and no half of a character. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most;
  return text.slice(0, end);
}

/** What a stranger says in passing, as one line of at most `most` UTF-16 units with nothing invisible in it. */
export function showLine(text: string, most: number): string {
  const line = text.replace(invisible, ' ').replace(/\s+/g, ' ').trim();
  return cutText(line, most).trimEnd();
}
