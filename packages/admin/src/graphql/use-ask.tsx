import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Ask } from './client.ts';
import type { Failure } from './failure.ts';
import type { AnyDocument, Result, Variables } from './graphql.ts';

const AskContext = createContext<Ask | null>(null);

export const AskProvider = AskContext.Provider;

export function useAsk(): Ask {
  const ask = useContext(AskContext);
  if (!ask) throw new Error('there is no AskProvider above');
  return ask;
}

interface QuestionOptions<Data> {
  /** Waits while it is false. */
  readonly enabled?: boolean;
  /** Asks again after so many milliseconds: for what no event tells of; it may depend on the last answer. */
  readonly every?: number | ((data: Data | undefined) => number | false);
}

/**
 * What a document answers, kept fresh: news are laid over it by global ids, and kinds that `live-events.ts` names are fetched anew.
 *
 * @param key begins with the kind of thing that it shows (`jobs`), then what tells it from others.
 */
export function useQuestion<D extends AnyDocument>(
  key: readonly [kind: string, ...rest: unknown[]],
  document: D,
  variables: Variables<D>,
  { enabled = true, every }: QuestionOptions<Result<D>> = {},
): UseQueryResult<Result<D>, Failure> {
  const ask = useAsk();
  return useQuery<Result<D>, Failure>({
    queryKey: [...key, variables],
    queryFn: ({ signal }) => ask(document, variables, { signal }),
    enabled,
    placeholderData: keepPreviousData as never,
    ...(every === undefined
      ? {}
      : { refetchInterval: typeof every === 'number' ? every : (query) => every(query.state.data) }),
  });
}
