import OpenIcon from '@mui/icons-material/BubbleChartOutlined';
import CompareIcon from '@mui/icons-material/CompareArrowsOutlined';
import ContinueIcon from '@mui/icons-material/PlayArrowOutlined';
import RetryIcon from '@mui/icons-material/ReplayOutlined';
import CancelIcon from '@mui/icons-material/StopCircleOutlined';
import RerunIcon from '@mui/icons-material/TuneOutlined';
import { Button, Stack } from '@mui/material';
import { useState } from 'react';
import { Confirm, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMay } from '../access/use-me.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { CancelJob, ContinueJob, RetryJob } from './job-documents.ts';
import type { JobDetails, JobStatus } from './job-resource.ts';
import { RerunDialog } from './rerun-dialog.tsx';
import { useJobAction } from './use-job-action.ts';

const CANCELLABLE: readonly JobStatus[] = ['pending', 'running', 'paused'];
const RETRYABLE: readonly JobStatus[] = ['failed', 'cancelled'];

/** What may be done with the job now, by whoever is signed in. */
export function JobActions({ job }: { readonly job: JobDetails }) {
  const translate = useTranslate();
  const [open, setOpen] = useState<'cancel' | 'rerun' | 'compare'>();
  const close = () => setOpen(undefined);
  const cancel = useJobAction(CancelJob, 'jobs.cancel.done');
  const retry = useJobAction(RetryJob, 'jobs.retry.done');
  const goOn = useJobAction(ContinueJob, 'jobs.continue.done');
  const may = {
    cancel: useMay('cancelJob'),
    retry: useMay('retryJob'),
    goOn: useMay('continueJob'),
    rerun: useMay('rerunJob'),
  };
  const busy = cancel.isPending || retry.isPending || goOn.isPending;
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
      {may.cancel && CANCELLABLE.includes(job.status) && (
        <Button startIcon={<CancelIcon />} color="error" disabled={busy} onClick={() => setOpen('cancel')}>
          {translate('jobs.cancel.label')}
        </Button>
      )}
      {may.goOn && job.status === 'paused' && (
        <Button startIcon={<ContinueIcon />} disabled={busy} onClick={() => goOn.mutate({ id: job.id })}>
          {translate('jobs.continue.label')}
        </Button>
      )}
      {may.retry && RETRYABLE.includes(job.status) && (
        <Button startIcon={<RetryIcon />} disabled={busy} onClick={() => retry.mutate({ id: job.id })}>
          {translate('jobs.retry.label')}
        </Button>
      )}
      {may.rerun && (
        <Button startIcon={<RerunIcon />} onClick={() => setOpen('rerun')}>
          {translate('jobs.rerun.label')}
        </Button>
      )}
      {job.pipeline === 'clustering' && (
        <Button startIcon={<OpenIcon />} component={Link} to={`/clusterings/${encodeURIComponent(job.id)}/show`}>
          {translate('jobs.open_clustering')}
        </Button>
      )}
      <Button startIcon={<CompareIcon />} onClick={() => setOpen('compare')}>
        {translate('jobs.compare.pick')}
      </Button>
      <Confirm
        isOpen={open === 'cancel'}
        title="jobs.cancel.title"
        content="jobs.cancel.text"
        confirm="jobs.cancel.label"
        confirmColor="warning"
        onConfirm={() => {
          close();
          cancel.mutate({ id: job.id });
        }}
        onClose={close}
      />
      {open === 'rerun' && <RerunDialog job={job} onClose={close} />}
      {open === 'compare' && <CompareDialog job={job} onClose={close} />}
    </Stack>
  );
}
