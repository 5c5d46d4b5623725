import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { type Failure, succeeded } from '../graphql/failure.ts';
import type { Variables } from '../graphql/graphql.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { refetchSoon } from '../live/refetch-soon.ts';
import { PromoteModel, RollbackModel } from './model-documents.ts';

interface Changed {
  readonly modelVersion: { readonly version: string };
}

/** Another version serves: what shows models is fetched anew. */
function useChange<Sent>(change: (sent: Sent) => Promise<Changed>, onDone: () => void) {
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation<Changed, Failure, Sent>({
    mutationFn: change,
    onSuccess: ({ modelVersion }) => {
      refetchSoon(client, ['models', 'overview', 'lookalike']);
      notify('models.changed', { type: 'info', messageArgs: { version: modelVersion.version } });
      onDone();
    },
  });
}

export function usePromotion(onDone: () => void) {
  const ask = useAsk();
  return useChange(
    async (sent: Variables<typeof PromoteModel>) => succeeded((await ask(PromoteModel, sent)).result) as Changed,
    onDone,
  );
}

export function useRollback(onDone: () => void) {
  const ask = useAsk();
  return useChange(
    async (sent: Variables<typeof RollbackModel>) => succeeded((await ask(RollbackModel, sent)).result) as Changed,
    onDone,
  );
}
