import { useTranslate } from 'react-admin';

/** What a job came to, in words. */
export function useCameTo(): (outcome: string | null, nothing?: string) => string {
  const translate = useTranslate();
  return (outcome, nothing = '—') =>
    outcome === null ? nothing : translate(`jobs.came_to.${outcome}`, { _: outcome });
}
