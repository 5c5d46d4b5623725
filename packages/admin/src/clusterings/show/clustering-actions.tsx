import ExcelIcon from '@mui/icons-material/DownloadOutlined';
import RetryIcon from '@mui/icons-material/ReplayOutlined';
import CancelIcon from '@mui/icons-material/StopCircleOutlined';
import { Button, Stack } from '@mui/material';
import { useState } from 'react';
import { Confirm, useTranslate } from 'react-admin';
import { useMay } from '../../access/use-me.tsx';
import { CancelJob, RetryJob } from '../../jobs/job-documents.ts';
import { useJobAction } from '../../jobs/use-job-action.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { LabelButton } from '../labels/label-button.tsx';
import { AgainButton } from './again-button.tsx';
import { fileUrl, hasFile } from './job-files.ts';
import { MoreActions } from './more-actions.tsx';

const CANCELLABLE: readonly ClusteringDetails['status'][] = ['pending', 'running'];
const RETRYABLE: readonly ClusteringDetails['status'][] = ['failed', 'cancelled'];

/** What may be done with the job now, by whoever is signed in. */
export function ClusteringActions({ job }: { readonly job: ClusteringDetails }) {
  const translate = useTranslate();
  const [asking, setAsking] = useState(false);
  const cancel = useJobAction(CancelJob, 'jobs.cancel.done');
  const retry = useJobAction(RetryJob, 'jobs.retry.done');
  const may = { cancel: useMay('cancelJob'), retry: useMay('retryJob') };
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
      {may.cancel && CANCELLABLE.includes(job.status) && (
        <Button startIcon={<CancelIcon />} color="error" disabled={cancel.isPending} onClick={() => setAsking(true)}>
          {translate('jobs.cancel.label')}
        </Button>
      )}
      {may.retry && RETRYABLE.includes(job.status) && (
        <Button startIcon={<RetryIcon />} disabled={retry.isPending} onClick={() => retry.mutate({ id: job.id })}>
          {translate('jobs.retry.label')}
        </Button>
      )}
      {hasFile(job, 'report.xlsx') && (
        <Button startIcon={<ExcelIcon />} href={fileUrl(job, 'report.xlsx')} download>
          {translate('clusterings.excel')}
        </Button>
      )}
      {hasFile(job, 'pipeline.json') && <LabelButton job={job} />}
      <AgainButton job={job.id} />
      <MoreActions job={job} />
      <Confirm
        isOpen={asking}
        title="jobs.cancel.title"
        content="jobs.cancel.text"
        confirm="jobs.cancel.label"
        confirmColor="warning"
        onConfirm={() => {
          setAsking(false);
          cancel.mutate({ id: job.id });
        }}
        onClose={() => setAsking(false)}
      />
    </Stack>
  );
}
