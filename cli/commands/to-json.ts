/** Beyond what JSON escapes by itself: controls that a terminal would obey, and marks that turn text around. */
const unsafe = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** One line of JSON, safe to show in a terminal as well. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
