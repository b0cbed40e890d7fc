import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** Labels that the window says in its own language; any other is a word of the source. */
const known = ['mobile', 'work', 'home', 'main', 'internal', 'fax', 'assistant', 'other'] as const;

export function useNumberLabels() {
  const { t } = useI18n();
  const words = computed(() => new Map(known.map((label) => [label as string, t(`directory.numberLabel.${label}`)])));
  const suggestions = computed(() => [...words.value.values()]);

  const labelWord = (label: string): string => words.value.get(label) ?? label;

  /** A word that is typed as the window says it is the label that every language says. */
  function labelOf(word: string): string {
    const wanted = word.trim().toLocaleLowerCase();
    return [...words.value].find(([, each]) => each.toLocaleLowerCase() === wanted)?.[0] ?? word.trim();
  }

  return { suggestions, labelWord, labelOf };
}
