import { LateTexts, useLateTexts } from '../i18n/late-texts.ts';
import { useStageName } from './stage-name.ts';

/** What jobs say, in the console's language; as it is where nobody has translated it. */
export interface JobWords {
  /** What a stage is doing, why it has left something out, what its charts say. */
  said(message: string): string;
  /** What a measure is. @param definition the service's own. */
  measure(name: string, definition: string): string;
  failure(error: { readonly code: string; readonly message: string }): string;
}

const WORDS = new LateTexts<JobWords>({
  en: async () => ({
    said: (message) => message,
    measure: (_name, definition) => definition,
    failure: ({ message }) => message,
  }),
  ru: async () => (await import('./job-words.ru.ts')).jobWordsRu,
});

export const useJobWords = (): JobWords => useLateTexts(WORDS);

/** Of a job: the stage, and what that one is doing. */
export function useJobDoing(): (message: string) => string {
  const { said } = useJobWords();
  const stageName = useStageName();
  return (message) => {
    const [, stage, rest] = /^(\w+)(?:: (.*))?$/s.exec(message) ?? [];
    if (stage === undefined) return said(message);
    return rest === undefined ? stageName(stage) : `${stageName(stage)}: ${said(rest)}`;
  };
}
