import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { useFailureText } from '../display/failure-note.tsx';
import { type Failure, succeeded } from '../graphql/failure.ts';
import type { Variables } from '../graphql/graphql.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { patchRecords } from '../live/patch-records.ts';
import { JOB_KINDS, refetchSoon } from '../live/refetch-soon.ts';
import type { CancelJob, ContinueJob, RetryJob } from './job-documents.ts';
import type { Job } from './job-resource.ts';

type ActionDocument = typeof CancelJob | typeof ContinueJob | typeof RetryJob;

/** A mutation of one job: what it answers is shown at once, wherever the job is. */
export function useJobAction(document: ActionDocument, done: string) {
  const ask = useAsk();
  const client = useQueryClient();
  const notify = useNotify();
  const failureText = useFailureText();
  return useMutation<Job, Failure, Variables<ActionDocument>>({
    mutationFn: async (variables) => succeeded((await ask(document, variables)).result),
    onSuccess: (job) => {
      patchRecords(client, job);
      refetchSoon(client, JOB_KINDS);
      notify(done, { type: 'info' });
    },
    onError: (error) => {
      // Most often it has ended or begun meanwhile: what is shown is old.
      refetchSoon(client, JOB_KINDS);
      notify(failureText(error), { type: 'error' });
    },
  });
}
