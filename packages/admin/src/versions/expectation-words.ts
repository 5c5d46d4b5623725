import { LateTexts, useLateTexts } from '../i18n/late-texts.ts';
import type { Expectation } from './version-documents.ts';

/** What of an expectation was not met, in one sentence. */
export type ExpectationWords = (expectation: Expectation, sentence: string | undefined) => string | undefined;

const WORDS = new LateTexts<ExpectationWords>({
  en: async () => (_expectation, sentence) => sentence,
  ru: async () => (await import('./expectation-words.ru.ts')).expectationWordsRu,
});

export const useExpectationWords = (): ExpectationWords => useLateTexts(WORDS);
