import type { ComposerTranslation } from 'vue-i18n';
import { callDirection, disposition, exportColumn } from '#contract/ipc/index.ts';
import type { ExportFormat, ExportWords } from '#contract/ipc/index.ts';

/** CSV has durations as bare numbers, whose heading must name the unit. */
const inSeconds = new Set(['waiting', 'talking']);

/** The words that the agent puts into an exported file. */
export function exportWords(t: ComposerTranslation, format: ExportFormat): ExportWords {
  const column = (key: string) => t(`export.column.${key}${format === 'csv' && inSeconds.has(key) ? 'Seconds' : ''}`);
  const table = <K extends string>(keys: readonly K[], word: (key: K) => string) =>
    Object.fromEntries(keys.map((key) => [key, word(key)])) as Record<K, string>;
  return {
    title: t('print.title.label'),
    columns: table(exportColumn.options, column),
    directions: table(callDirection.options, (key) => t(`record.direction.${key}`)),
    dispositions: table([...disposition.options, 'underway'], (key) => t(`record.outcome.${key}`)),
    withheld: t('party.withheld.name'),
    yes: t('export.yesNo.yes'),
    no: t('export.yesNo.no'),
  };
}
