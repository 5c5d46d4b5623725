import { useTranslate } from 'react-admin';

/** A pipeline as people call it; one that nobody has named by its own name. */
export function usePipelineName(): (pipeline: string) => string {
  const translate = useTranslate();
  return (pipeline) => translate(`jobs.pipeline.${pipeline}`, { _: pipeline });
}
