import { useTranslate } from 'react-admin';

/** A stage as people call it. */
export function useStageName(): (stage: string) => string {
  const translate = useTranslate();
  return (stage) => translate(`jobs.stage.${stage}`, { _: stage });
}
