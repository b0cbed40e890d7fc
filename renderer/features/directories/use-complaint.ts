import { useI18n } from 'vue-i18n';
import { useSourceSetupStore } from './source-setup-store.ts';
import type { SetupField } from './source-setup-store.ts';

/** What is wrong with a field of the source being set up, or null; the first of several fields that is. */
export function useComplaint(): (...fields: SetupField[]) => string | null {
  const { t, te } = useI18n();
  const setup = useSourceSetupStore();
  return (...fields) => {
    const field = fields.find((each) => setup.wrong.has(each));
    if (field === undefined) return null;
    const key = `directory.wrong.${field}`;
    return te(key) ? t(key) : t('settings.value.wrong');
  };
}
