import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { refetchSoon } from '../live/refetch-soon.ts';
import type { Ask } from './client.ts';
import type { Failure } from './failure.ts';
import { useAsk } from './use-ask.tsx';

export interface DeedOptions<Answer> {
  /** First parts of the keys of what shows it: fetched anew. */
  readonly shown: readonly string[];
  /** The key of what is said when it is done. */
  readonly done?: string;
  onDone?(answer: Answer): void;
  /** For whom no form shows the error. */
  onFailure?(failure: Failure): void;
}

/** Something that somebody does with a button or a form. */
export function useDeed<Said, Answer>(
  send: (ask: Ask, said: Said) => Promise<Answer>,
  { shown, done, onDone, onFailure }: DeedOptions<Answer>,
): UseMutationResult<Answer, Failure, Said> {
  const ask = useAsk();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation<Answer, Failure, Said>({
    mutationFn: (said) => send(ask, said),
    onSuccess: (answer) => {
      if (done) notify(done, { type: 'success' });
      onDone?.(answer);
    },
    onError: (failure) => onFailure?.(failure),
    // After a failure, too: most often what is shown was old.
    onSettled: () => refetchSoon(client, shown),
  });
}
