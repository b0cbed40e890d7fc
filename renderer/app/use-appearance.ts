import { usePreferredDark, usePreferredLanguages } from '@vueuse/core';
import { watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';
import { chooseLocale } from '#renderer/locales/create-locales.ts';

/** Theme and language, from the settings or else from the system. */
export function useAppearance(): void {
  const settings = useSettingsStore();
  const dark = usePreferredDark();
  const languages = usePreferredLanguages();
  const { locale } = useI18n({ useScope: 'global' });

  watchEffect(() => {
    const { theme } = settings.values;
    document.documentElement.dataset.theme = theme === 'system' ? (dark.value ? 'dark' : 'light') : theme;
  });
  watchEffect(() => {
    locale.value = chooseLocale(settings.values.language, languages.value);
    document.documentElement.lang = locale.value;
  });
}
