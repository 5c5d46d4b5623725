import polyglotI18nProvider from 'ra-i18n-polyglot';
import { type I18nProvider, mergeTranslations, type TranslationMessages } from 'react-admin';
import { PAGE_TEXTS, type PageTexts } from './page-texts.ts';

const LANGUAGES = {
  en: { name: 'English', load: () => import('./en.ts') },
  ru: { name: 'Русский', load: () => import('./ru.ts') },
} as const;
const LOCALES = Object.entries(LANGUAGES).map(([locale, { name }]) => ({ locale, name }));

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

export interface ConsoleTexts {
  readonly provider: I18nProvider;
  /** Resolves when these texts are there, in the language of the moment and in any that is chosen later. */
  need(names: readonly PageTexts[]): Promise<void>;
}

async function load(locale: Locale, names: Iterable<PageTexts>): Promise<TranslationMessages> {
  const [first, ...others] = await Promise.all([
    LANGUAGES[locale].load(),
    ...Array.from(names, (name) => PAGE_TEXTS[name][locale]()),
  ]);
  return mergeTranslations(first.default, ...others) as TranslationMessages;
}

/** Loads one language and of it what comes first; the other comes when it is chosen. */
export async function createTexts(first: Locale): Promise<ConsoleTexts> {
  const needed = new Set<PageTexts>();
  const speak = async (locale: Locale): Promise<I18nProvider> => {
    const messages = await load(locale, needed);
    document.documentElement.lang = locale;
    return polyglotI18nProvider(() => messages, locale, LOCALES);
  };
  let spoken = await speak(first);
  // One after the other: what was asked for last is what is shown.
  let last: Promise<void> = Promise.resolve();
  const change = (locale: () => Locale): Promise<void> => {
    const changed = last.then(async () => {
      spoken = await speak(locale());
    });
    last = changed.catch(() => undefined);
    return changed;
  };
  const now = (): Locale => {
    const locale = spoken.getLocale();
    return isLocale(locale) ? locale : first;
  };
  return {
    provider: {
      translate: (key, options) => spoken.translate(key, options),
      changeLocale: (locale) => change(() => (isLocale(locale) ? locale : first)),
      getLocale: now,
      getLocales: () => LOCALES,
    },
    async need(names) {
      const missing = names.filter((name) => !needed.has(name));
      for (const name of missing) needed.add(name);
      // Also for those that another page has asked for, which may still be on their way.
      await (missing.length > 0 ? change(now) : last);
    },
  };
}
