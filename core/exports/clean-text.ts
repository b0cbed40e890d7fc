/** Direction overrides turn around what is shown (Unicode TR 36); control characters are nothing to show. */
const unfit = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const unfitInNotes = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/gu;

/** Text of one line as it may stand in a file; callers send hostile text. */
export function cleanLine(text: string): string {
  return text.replace(unfit, '').trim();
}

/** Text of several lines, each ended by a line feed. */
export function cleanNote(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unfitInNotes, '').trim();
}
