import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { ClusteringForecast } from './create-documents.ts';
import type { Params } from './draft.ts';

export type Forecast = Extract<
  Result<typeof ClusteringForecast>['forecast'],
  { readonly __typename: 'ClusteringForecast' }
>;

/** While somebody types, nothing is asked. */
const REST_MS = 350;

/** What the server makes of these parameters: what a job of them would need, or what is wrong with them. */
export function useForecast(dataset: string | undefined, params: Params) {
  const ask = useAsk();
  const rested = useRested(JSON.stringify(params));
  return useQuery<Forecast, Failure>({
    queryKey: ['clustering-forecast', dataset, rested],
    queryFn: async ({ signal }) => {
      const variables = { dataset: dataset ?? '', params: JSON.parse(rested) as Params };
      return succeeded((await ask(ClusteringForecast, variables, { signal })).forecast);
    },
    enabled: dataset !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
