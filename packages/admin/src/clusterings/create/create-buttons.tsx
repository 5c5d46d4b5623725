import RunIcon from '@mui/icons-material/PlayArrowOutlined';
import { Button, Stack } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { May } from '../../access/use-me.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Variables } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { JOB_KINDS, refetchSoon } from '../../live/refetch-soon.ts';
import { CreateClusteringJob } from '../clustering-documents.ts';
import type { Clustering } from '../clustering-resource.ts';
import type { Params } from './draft.ts';

export interface CreateButtonsProps {
  readonly dataset: string | undefined;
  readonly params: Params;
  /** Nothing is known to be wrong. */
  readonly ready: boolean;
}

/** To look at each stage before the next, or to the end at once. */
export function CreateButtons({ dataset, params, ready }: CreateButtonsProps) {
  const translate = useTranslate();
  const ask = useAsk();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const create = useMutation<Clustering, Failure, Variables<typeof CreateClusteringJob>>({
    mutationFn: async (variables) => succeeded((await ask(CreateClusteringJob, variables)).result),
    onSuccess: (job) => {
      refetchSoon(client, JOB_KINDS);
      notify('clusterings.create.done', { type: 'info' });
      navigate(`/clusterings/${encodeURIComponent(job.id)}/show`);
    },
  });
  const off = dataset === undefined || !ready || create.isPending;
  const make = (start: boolean) => dataset !== undefined && create.mutate({ dataset, params, start });
  return (
    <May mutation="createClusteringJob">
      <Stack spacing={1}>
        {create.error && <FailureNote error={create.error} />}
        <Button variant="contained" startIcon={<RunIcon />} disabled={off} onClick={() => make(true)}>
          {translate('clusterings.create.run')}
        </Button>
        <Button variant="outlined" disabled={off} onClick={() => make(false)}>
          {translate('clusterings.create.only')}
        </Button>
      </Stack>
    </May>
  );
}
