import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { useFailureText } from '../display/failure-note.tsx';
import type { Ask } from '../graphql/client.ts';
import type { Failure } from '../graphql/failure.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { JOB_KINDS, refetchSoon } from '../live/refetch-soon.ts';

/** Something that is done with a schedule; the list is fetched anew after it. */
export function useScheduleAction<Input>(act: (ask: Ask, input: Input) => Promise<unknown>, done: string) {
  const ask = useAsk();
  const client = useQueryClient();
  const notify = useNotify();
  const failureText = useFailureText();
  return useMutation<unknown, Failure, Input>({
    mutationFn: (input) => act(ask, input),
    onSuccess: () => notify(done, { type: 'info' }),
    onError: (error) => notify(failureText(error), { type: 'error' }),
    onSettled: () => refetchSoon(client, JOB_KINDS),
  });
}
