import { LateTexts, useLateTexts } from '../i18n/late-texts.ts';

/** What settings mean, by their names. */
export type SettingMeanings = Readonly<Record<string, string>>;

/** English ones come with the settings themselves. */
const MEANINGS = new LateTexts<SettingMeanings>({
  en: async () => ({}),
  ru: async () => (await import('./setting-meanings.ru.ts')).settingMeaningsRu,
});

export const useSettingMeanings = (): SettingMeanings => useLateTexts(MEANINGS);
