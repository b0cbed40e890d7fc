import type { ComposerTranslation } from 'vue-i18n';
import { knownNumberLabel, peopleColumn } from '#contract/ipc/index.ts';
import type { PeopleExportRequest, PeopleExportWords } from '#contract/ipc/index.ts';

/** The words that the agent puts into a file of people. */
export function peopleExportWords(t: ComposerTranslation, people: PeopleExportRequest['people']): PeopleExportWords {
  const table = <K extends string>(keys: readonly K[], prefix: string) =>
    Object.fromEntries(keys.map((key) => [key, t(`${prefix}.${key}`)])) as Record<K, string>;
  return {
    title: t(`peopleExport.${people}.label`),
    columns: table(peopleColumn.options, 'peopleExport.column'),
    labels: table(knownNumberLabel.options, 'person.number'),
    extension: t('peopleExport.extension.text'),
    own: t('peopleExport.own.label'),
  };
}
