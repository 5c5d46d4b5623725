import { useQuery } from '@tanstack/react-query';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { ColumnRolesOf } from './create-documents.ts';

/** In the order in which people think of a store. */
export const FEATURE_GROUPS = [
  'commercial',
  'analytical',
  'operational',
  'client_kpi',
  'client_preferences',
  'geo',
] as const;

export type ColumnRole = Extract<
  Result<typeof ColumnRolesOf>['roles'],
  { readonly __typename: 'ColumnRoles' }
>['columns'][number];

export const rolesKey = (dataset: string): readonly string[] => ['datasets', 'roles', dataset];

export function useColumnRoles(dataset: string) {
  const ask = useAsk();
  return useQuery<readonly ColumnRole[], Failure>({
    queryKey: rolesKey(dataset),
    queryFn: async ({ signal }) => succeeded((await ask(ColumnRolesOf, { dataset }, { signal })).roles).columns,
  });
}
