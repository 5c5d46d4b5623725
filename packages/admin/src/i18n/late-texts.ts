import { use } from 'react';
import { useLocaleState } from 'react-admin';
import { isLocale, type Locale } from './i18n-provider.ts';

/** Texts that come with the first page that needs them, and not with the first load. */
export class LateTexts<T> {
  readonly #languages: Readonly<Record<Locale, () => Promise<T>>>;
  readonly #loading = new Map<string, Promise<T>>();

  constructor(languages: Readonly<Record<Locale, () => Promise<T>>>) {
    this.#languages = languages;
  }

  in(locale: string): Promise<T> {
    const known = this.#loading.get(locale);
    if (known) return known;
    const texts = this.#languages[isLocale(locale) ? locale : 'en']();
    this.#loading.set(locale, texts);
    // Whoever comes next tries again.
    texts.catch(() => this.#loading.delete(locale));
    return texts;
  }
}

/** Suspends until the texts of the console's language are there. */
export function useLateTexts<T>(texts: LateTexts<T>): T {
  const [locale] = useLocaleState();
  return use(texts.in(locale));
}
