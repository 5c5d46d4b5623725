import { DialogContentText, Stack, TextField } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { FormDialog } from '../display/form-dialog.tsx';
import { type Failure, succeeded } from '../graphql/failure.ts';
import type { Variables } from '../graphql/graphql.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { changesOf } from './changed-parameters.ts';
import { RerunJob } from './job-documents.ts';
import type { Job, JobDetails } from './job-resource.ts';

export interface RerunDialogProps {
  readonly job: JobDetails;
  onClose(): void;
}

/** A new job like this one: the parameters are there to be changed, and what was changed is sent. */
export function RerunDialog({ job, onClose }: RerunDialogProps) {
  const translate = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const ask = useAsk();
  const [text, setText] = useState(() => JSON.stringify(job.parameters, null, 2));
  const [seed, setSeed] = useState(String(job.seed));
  const changes = changesOf(text, job.parameters);
  const seedIsWhole = /^-?\d+$/.test(seed.trim());
  const rerun = useMutation<Job, Failure, Variables<typeof RerunJob>>({
    mutationFn: async (variables) => succeeded((await ask(RerunJob, variables)).result),
    onSuccess: (made) => {
      notify('jobs.rerun.done', { type: 'info' });
      onClose();
      navigate(`/jobs/${encodeURIComponent(made.id)}/show`);
    },
  });
  const submit = () => {
    if (changes && seedIsWhole) rerun.mutate({ id: job.id, params: changes, seed: Number(seed) });
  };
  return (
    <FormDialog
      title={translate('jobs.rerun.title')}
      submit={translate('jobs.rerun.submit')}
      keep={translate('jobs.rerun.keep')}
      disabled={!changes || !seedIsWhole || rerun.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack spacing={2}>
        <DialogContentText>{translate('jobs.rerun.text')}</DialogContentText>
        {rerun.error && <FailureNote error={rerun.error} />}
        <TextField
          label={translate('jobs.rerun.parameters')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          multiline
          minRows={6}
          maxRows={18}
          error={!changes}
          helperText={changes ? ' ' : translate('jobs.rerun.invalid')}
          slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: 'monospace', fontSize: 13 } } }}
        />
        <TextField
          label={translate('resources.jobs.fields.seed')}
          value={seed}
          onChange={(event) => setSeed(event.target.value)}
          error={!seedIsWhole}
          helperText={seedIsWhole ? ' ' : translate('jobs.rerun.seed_invalid')}
          slotProps={{ htmlInput: { inputMode: 'numeric' } }}
        />
      </Stack>
    </FormDialog>
  );
}
