import PresetIcon from '@mui/icons-material/BookmarkAddOutlined';
import RunIcon from '@mui/icons-material/PlayArrowOutlined';
import {
  Box,
  IconButton,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Tooltip,
  Typography,
} from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocaleState, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { May } from '../access/use-me.tsx';
import { FailureNote, useFailureText } from '../display/failure-note.tsx';
import { fixed, percent } from '../display/numbers.ts';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { type Failure, succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import type { Job } from '../jobs/job-resource.ts';
import { PresetFromSearchDialog } from './preset-from-search-dialog.tsx';
import { JobFromSearch, SearchLeaderboard } from './search-documents.ts';
import type { SearchDetails } from './search-resource.ts';

type Board = Extract<Result<typeof SearchLeaderboard>['board'], { readonly __typename: 'ClusteringLeaderboard' }>;
type Entry = Board['entries'][number];

/** What a search has found, the best first; any of it becomes a job or a preset. */
export function Leaderboard({ job }: { readonly job: SearchDetails }) {
  const translate = useTranslate();
  const ask = useAsk();
  const [saving, setSaving] = useState<number>();
  const { data, error, refetch } = useQuery<Board, Failure>({
    queryKey: ['clustering-leaderboard', job.id, job.status],
    queryFn: async ({ signal }) => succeeded((await ask(SearchLeaderboard, { search: job.id }, { signal })).board),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!data) return <PageLoading />;
  return (
    <Panel title={translate('searches.leaderboard')}>
      <Typography variant="body2" color="textSecondary">
        {data.formula}
      </Typography>
      {data.notes.map((note) => (
        <Typography key={note} variant="body2" color="textSecondary">
          {note}
        </Typography>
      ))}
      <Table size="small" sx={{ mt: 1 }}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('searches.rank')}</TableCell>
            <TableCell>{translate('searches.pipeline')}</TableCell>
            <TableCell align="right">{translate('resources.clusterings.fields.clusters')}</TableCell>
            <TableCell align="right">{translate('searches.score')}</TableCell>
            {(['silhouette', 'noise', 'stability'] as const).map((name) => (
              <TableCell key={name} align="right" sx={{ display: { xs: 'none', md: 'table-cell' } }}>
                {translate(`searches.${name}`)}
              </TableCell>
            ))}
            <TableCell>{translate('searches.actions')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {data.entries.map((entry) => (
            <EntryRow key={entry.trial} search={job.id} entry={entry} onSave={setSaving} />
          ))}
        </TableBody>
      </Table>
      {saving !== undefined && (
        <PresetFromSearchDialog search={job.id} rank={saving} onClose={() => setSaving(undefined)} />
      )}
    </Panel>
  );
}

interface EntryRowProps {
  readonly search: string;
  readonly entry: Entry;
  onSave(rank: number): void;
}

function EntryRow({ search, entry, onSave }: EntryRowProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const measure = (value: number | null) => (value === null ? '—' : fixed(value, 3, locale));
  const { rank, name, state, clusters, score, silhouette, noise, stability, summary, reason } = entry;
  return (
    <TableRow data-rank={rank}>
      <TableCell>{rank ?? '—'}</TableCell>
      <TableCell>
        {name}
        <Typography component="div" variant="caption" color="textSecondary">
          {translate(`searches.state.${state}`)}
          {(summary ?? reason) && ` · ${summary ?? reason}`}
        </Typography>
      </TableCell>
      <TableCell align="right">{clusters ?? '—'}</TableCell>
      <TableCell align="right">{measure(score)}</TableCell>
      <TableCell align="right" sx={{ display: { xs: 'none', md: 'table-cell' } }}>
        {measure(silhouette)}
      </TableCell>
      <TableCell align="right" sx={{ display: { xs: 'none', md: 'table-cell' } }}>
        {noise === null ? '—' : percent(noise, locale)}
      </TableCell>
      <TableCell align="right" sx={{ display: { xs: 'none', md: 'table-cell' } }}>
        {measure(stability)}
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        {rank !== null && <EntryActions search={search} rank={rank} onSave={onSave} />}
      </TableCell>
    </TableRow>
  );
}

function EntryActions({ search, rank, onSave }: Pick<EntryRowProps, 'search' | 'onSave'> & { readonly rank: number }) {
  const translate = useTranslate();
  const ask = useAsk();
  const notify = useNotify();
  const navigate = useNavigate();
  const failureText = useFailureText();
  const make = useMutation<Job, Failure, void>({
    mutationFn: async () => succeeded((await ask(JobFromSearch, { search, rank })).result),
    onSuccess: (job) => {
      notify('clusterings.create.done', { type: 'info' });
      navigate(`/clusterings/${encodeURIComponent(job.id)}/show`);
    },
    onError: (error) => notify(failureText(error), { type: 'error' }),
  });
  const [job, preset] = [translate('searches.make_job', { rank }), translate('searches.make_preset', { rank })];
  return (
    <Stack direction="row">
      <May mutation="createJobFromSearch">
        <Tooltip title={job}>
          <Box component="span">
            <IconButton size="small" disabled={make.isPending} onClick={() => make.mutate()} aria-label={job}>
              <RunIcon fontSize="small" />
            </IconButton>
          </Box>
        </Tooltip>
      </May>
      <May mutation="savePresetFromSearch">
        <Tooltip title={preset}>
          <IconButton size="small" onClick={() => onSave(rank)} aria-label={preset}>
            <PresetIcon fontSize="small" />
          </IconButton>
        </Tooltip>
      </May>
    </Stack>
  );
}
