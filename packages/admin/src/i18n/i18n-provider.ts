import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider, TranslationMessages } from 'react-admin';

const LANGUAGES = {
  en: { name: 'English', load: () => import('./en.ts') },
  ru: { name: 'Русский', load: () => import('./ru.ts') },
} as const;

export type Locale = keyof typeof LANGUAGES;

export function isLocale(text: unknown): text is Locale {
  return typeof text === 'string' && Object.hasOwn(LANGUAGES, text);
}

/** As it was chosen here before, else as the browser speaks. */
export function firstLocale(): Locale {
  const chosen = localStorage.getItem('RaStore.locale')?.replaceAll('"', '');
  if (isLocale(chosen)) return chosen;
  return navigator.languages.map((language) => language.slice(0, 2)).find(isLocale) ?? 'en';
}

/** Loads one language; the other comes when it is chosen. */
export async function createI18nProvider(first: Locale): Promise<I18nProvider> {
  const load = async (locale: string): Promise<TranslationMessages> => {
    const messages = (await LANGUAGES[isLocale(locale) ? locale : 'en'].load()).default;
    document.documentElement.lang = locale;
    return messages;
  };
  const messages = await load(first);
  const locales = Object.entries(LANGUAGES).map(([locale, { name }]) => ({ locale, name }));
  return polyglotI18nProvider(
    (locale) => (locale === first ? withLang(first, messages) : load(locale)),
    first,
    locales,
  );
}

function withLang(locale: Locale, messages: TranslationMessages): TranslationMessages {
  document.documentElement.lang = locale;
  return messages;
}
