import { useQuery } from '@tanstack/react-query';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { ClusteringJson } from '../clustering-documents.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { filesOf } from './job-files.ts';

/** What a JSON file of the job holds; it waits until a stage has written it. Files never change: a run of the stage makes another. */
export function useJsonFile(job: ClusteringDetails, name: string) {
  const ask = useAsk();
  const file = filesOf(job).find((each) => each.name === name);
  return useQuery<unknown, Failure>({
    queryKey: ['clustering-file', job.id, name, file?.hash],
    queryFn: async ({ signal }) => succeeded((await ask(ClusteringJson, { job: job.id, name }, { signal })).file).json,
    enabled: file !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
