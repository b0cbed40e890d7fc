const space = '\u00a0';

/**
 * Binds what a Russian line must not end with (short prepositions, conjunctions and particles) to the next word, and a dash to
 * the word before it. Done once for all sentences, because nobody sees whether a translator typed the right space.
 */
export function bindRussian(text: string): string {
  return text
    .replaceAll(' —', `${space}—`)
    .replace(/(?<=^|[\s(«])([авикосуя]|во|до|за|из|на|не|ни|об|от|по|со|ко|но|то|бы|ли)\s(?=\S)/giu, `$1${space}`)
    .replace(/(\d)\s(?=(?:мс|с|мин|ч|Гц|%)(?:[\s.,]|$))/gu, `$1${space}`);
}

export type Messages = Record<string, string>;

export function typographic(messages: Messages, bind: (text: string) => string): Messages {
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, bind(text)]));
}
