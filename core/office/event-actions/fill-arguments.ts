import { cutText, linesWithoutDeceit } from '#core/foundation/index.ts';

/** Longer than any number, name or outcome; of a note the beginning. */
const longestValue = 2000;

/**
 * Arguments with their placeholders filled in as text: one argument stays one. A value at the beginning of an argument
 * never begins with what programs take for an option: a caller may call himself `--help`.
 */
export function fillArguments(templates: readonly string[], values: Readonly<Record<string, string>>): string[] {
  return templates.map((template) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string, at: number) => {
      if (!Object.hasOwn(values, name)) return whole;
      const value = cutText(linesWithoutDeceit((values[name] ?? '').toWellFormed()), longestValue);
      return at === 0 ? value.replace(/^[\s/@-]+/, '') : value;
    }),
  );
}
