import RunningIcon from '@mui/icons-material/AutorenewOutlined';
import DoneIcon from '@mui/icons-material/CheckCircleOutlined';
import FailedIcon from '@mui/icons-material/ErrorOutlined';
import NextIcon from '@mui/icons-material/PlayCircleOutlined';
import RunAllIcon from '@mui/icons-material/PlaylistPlayOutlined';
import WaitingIcon from '@mui/icons-material/RadioButtonUncheckedOutlined';
import { Box, Button, Card, LinearProgress, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify, useTranslate } from 'react-admin';
import { useMay } from '../../access/use-me.tsx';
import { useFailureText } from '../../display/failure-note.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { ContinueJob } from '../../jobs/job-documents.ts';
import type { Job } from '../../jobs/job-resource.ts';
import { useJobAction } from '../../jobs/use-job-action.ts';
import { patchRecords } from '../../live/patch-records.ts';
import { JOB_KINDS, refetchSoon } from '../../live/refetch-soon.ts';
import { RunClusteringStage } from '../clustering-documents.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { nextStage, STAGES, stateOf } from './stages.ts';

const ICONS = {
  completed: <DoneIcon color="success" fontSize="small" />,
  reused: <DoneIcon color="success" fontSize="small" />,
  skipped: <DoneIcon color="disabled" fontSize="small" />,
  failed: <FailedIcon color="error" fontSize="small" />,
  running: <RunningIcon color="info" fontSize="small" />,
  pending: <WaitingIcon color="disabled" fontSize="small" />,
  unknown: <WaitingIcon color="disabled" fontSize="small" />,
} as const;

/** Told by screen readers alone. */
const FOR_READERS = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const;

/** The stages of the job: how far each is, and a button for the one that is next. */
export function StageBar({ job }: { readonly job: ClusteringDetails }) {
  const translate = useTranslate();
  const mayRun = useMay('runClusteringStage');
  const mayContinue = useMay('continueJob');
  const run = useRunStage(job);
  const all = useJobAction(ContinueJob, 'clusterings.run_all.done');
  const next = nextStage(job);
  const busy = run.isPending || all.isPending;
  return (
    <Card component="section" aria-label={translate('clusterings.stages')} sx={{ p: 1.5 }}>
      <Box
        component="ol"
        sx={{
          display: 'grid',
          gap: 1,
          m: 0,
          p: 0,
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 150px), 1fr))',
        }}
      >
        {STAGES.map((stage) => {
          const state = stateOf(job, stage);
          const title = translate(`clusterings.stage.${stage.name}`);
          const progress = job.stages.find(({ name }) => name === stage.name)?.progress ?? 0;
          return (
            <Box
              component="li"
              key={stage.name}
              data-stage={stage.name}
              data-status={state}
              sx={{ listStyle: 'none', minWidth: 0 }}
            >
              {stage.name === next && mayRun ? (
                <Button
                  fullWidth
                  size="small"
                  variant="outlined"
                  startIcon={<NextIcon />}
                  disabled={busy}
                  onClick={() => run.mutate(stage.name)}
                >
                  {title}
                </Button>
              ) : (
                <Stack direction="row" sx={{ gap: 0.75, alignItems: 'center', py: 0.5 }}>
                  {ICONS[state]}
                  <Typography
                    variant="body2"
                    color={state === 'pending' || state === 'unknown' ? 'textSecondary' : 'textPrimary'}
                  >
                    {title}
                    <Box component="span" sx={FOR_READERS}>
                      {state === 'unknown' ? '' : `: ${translate(`display.status.${state}`)}`}
                    </Box>
                  </Typography>
                </Stack>
              )}
              {state === 'running' && (
                <LinearProgress variant="determinate" value={100 * progress} aria-label={title} />
              )}
            </Box>
          );
        })}
      </Box>
      {next !== undefined && mayContinue && (
        <Stack direction="row" sx={{ mt: 1, gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <Button
            variant="contained"
            startIcon={<RunAllIcon />}
            disabled={busy}
            onClick={() => all.mutate({ id: job.id })}
          >
            {translate('clusterings.run_all.label')}
          </Button>
          <Typography variant="body2" color="textSecondary">
            {translate('clusterings.run_all.help')}
          </Typography>
        </Stack>
      )}
    </Card>
  );
}

function useRunStage(job: ClusteringDetails) {
  const ask = useAsk();
  const client = useQueryClient();
  const notify = useNotify();
  const failureText = useFailureText();
  return useMutation<Job, Failure, string>({
    mutationFn: async (stage) => succeeded((await ask(RunClusteringStage, { job: job.id, stage })).result),
    onSuccess: (changed) => {
      patchRecords(client, changed);
      refetchSoon(client, JOB_KINDS);
    },
    onError: (error) => {
      refetchSoon(client, JOB_KINDS);
      notify(failureText(error), { type: 'error' });
    },
  });
}
