import { createI18n } from 'vue-i18n';
import en from './en.json';
import { russianPlural } from './plural.ts';
import ru from './ru.json';
import { bindRussian, typographic } from './typography.ts';

export type LocaleName = 'ru' | 'en';

export function createLocales(locale: LocaleName) {
  return createI18n({
    legacy: false,
    flatJson: true,
    locale,
    fallbackLocale: 'en',
    messages: { ru: typographic(ru, bindRussian), en: typographic(en, (text) => text) },
    pluralRules: { ru: russianPlural },
  });
}

/** The setting, or what the system speaks; Russian where it speaks neither. */
export function chooseLocale(setting: 'system' | LocaleName, systemLanguages: readonly string[]): LocaleName {
  if (setting !== 'system') return setting;
  for (const language of systemLanguages) {
    if (/^(ru|be|kk|ky)\b/i.test(language)) return 'ru';
    if (/^en\b/i.test(language)) return 'en';
  }
  return 'ru';
}
