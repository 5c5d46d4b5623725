import { LateTexts, useLateTexts } from '../i18n/late-texts.ts';
import { useStageName } from './stage-name.ts';

/** What jobs say, in the console's language; as it is where nobody has translated it. */
export interface JobWords {
  /** What a stage is doing, or why it has left something out. */
  doing(message: string): string;
  failure(error: { readonly code: string; readonly message: string }): string;
}

const WORDS = new LateTexts<JobWords>({
  en: async () => ({ doing: (message) => message, failure: ({ message }) => message }),
  ru: async () => (await import('./job-words.ru.ts')).jobWordsRu,
});

export const useJobWords = (): JobWords => useLateTexts(WORDS);

/** Of a job: the stage, and what that one is doing. */
export function useJobDoing(): (message: string) => string {
  const { doing } = useJobWords();
  const stageName = useStageName();
  return (message) => {
    const [, stage, rest] = /^(\w+)(?:: (.*))?$/s.exec(message) ?? [];
    if (stage === undefined) return doing(message);
    return rest === undefined ? stageName(stage) : `${stageName(stage)}: ${doing(rest)}`;
  };
}
