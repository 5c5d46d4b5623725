import MoreIcon from '@mui/icons-material/AddOutlined';
import FewerIcon from '@mui/icons-material/RemoveOutlined';
import { Button, IconButton, Skeleton, Stack, Typography } from '@mui/material';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { May } from '../../access/use-me.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { Panel } from '../../display/panel.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import type { Job } from '../../jobs/job-resource.ts';
import type { TabProps } from '../show/clustering-show.tsx';
import { SizesBar } from '../show/sizes-bar.tsx';
import { DendrogramCutOf, TakeDendrogramCut } from './dendrogram-documents.ts';
import { TreeView } from './tree-view.tsx';

type Cut = Extract<Result<typeof DendrogramCutOf>['cut'], { readonly __typename: 'DendrogramCut' }>;
/** One of the two. */
type Wanted = { readonly clusters: number } | { readonly height: number };

const LEAVES = 30;
const REST_MS = 60;

/** The tree of an agglomerative clustering with a line to cut it by: what another cut would leave is seen at once. */
export default function DendrogramTab({ job }: TabProps) {
  const translate = useTranslate();
  const ask = useAsk();
  const notify = useNotify();
  const navigate = useNavigate();
  const own = job.clustering?.clusters ?? 2;
  const [wanted, setWanted] = useState<Wanted>({ clusters: own });
  const [line, setLine] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { data, error } = useQuery<Cut, Failure>({
    queryKey: ['clustering-cut', job.id, wanted],
    queryFn: async ({ signal }) => {
      const variables = { job: job.id, leaves: LEAVES, ...wanted };
      return succeeded((await ask(DendrogramCutOf, variables, { signal })).cut);
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const take = useMutation<Job, Failure, number>({
    mutationFn: async (clusters) => succeeded((await ask(TakeDendrogramCut, { job: job.id, clusters })).result),
    onSuccess: (made) => {
      notify('clusterings.create.done', { type: 'info' });
      navigate(`/clusterings/${encodeURIComponent(made.id)}/show`);
    },
  });
  if (error && !data) return <FailureNote error={error} />;
  if (!data) return <Skeleton variant="rounded" height={460} />;
  const step = (by: number) => {
    const clusters = Math.max(1, Math.min(data.counts.length, data.clusters + by));
    setLine(undefined);
    setWanted({ clusters });
  };
  const move = (height: number) => {
    setLine(height);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setWanted({ height }), REST_MS);
  };
  return (
    <Stack spacing={2}>
      <Panel
        title={translate('clusterings.dendrogram.title', { smart_count: data.clusters })}
        action={
          <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
            <IconButton
              onClick={() => step(-1)}
              disabled={data.clusters <= 1}
              aria-label={translate('clusterings.dendrogram.fewer')}
            >
              <FewerIcon />
            </IconButton>
            <Typography sx={{ minWidth: 24, textAlign: 'center' }} data-clusters={data.clusters}>
              {data.clusters}
            </Typography>
            <IconButton onClick={() => step(1)} aria-label={translate('clusterings.dendrogram.more')}>
              <MoreIcon />
            </IconButton>
            <May mutation="takeDendrogramCut">
              <Button
                variant="contained"
                disabled={data.clusters === own || take.isPending}
                onClick={() => take.mutate(data.clusters)}
              >
                {translate('clusterings.dendrogram.take')}
              </Button>
            </May>
          </Stack>
        }
      >
        {(take.error ?? error) && <FailureNote error={take.error ?? error} />}
        <Typography variant="body2" color="textSecondary">
          {translate('clusterings.dendrogram.text', {
            from: data.from.toPrecision(3),
            to: data.to.toPrecision(3),
          })}
        </Typography>
        <TreeView
          tree={data}
          labels={data.labels}
          cut={data.height}
          line={line ?? data.height}
          clusters={data.clusters}
          onMove={move}
          onStep={step}
        />
      </Panel>
      <Panel title={translate('clusterings.sizes')}>
        <SizesBar sizes={data.sizes.map((rows, label) => ({ label, rows }))} />
      </Panel>
    </Stack>
  );
}
