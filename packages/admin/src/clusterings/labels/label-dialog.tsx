import { Alert, AlertTitle, Autocomplete, DialogContentText, Stack, TextField, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocaleState, useNotify, useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { FormDialog } from '../../display/form-dialog.tsx';
import { number } from '../../display/numbers.ts';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result, Variables } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import type { Job } from '../../jobs/job-resource.ts';
import { JOB_KINDS, refetchSoon } from '../../live/refetch-soon.ts';
import type { Clustering } from '../clustering-resource.ts';
import { LabelCandidates, LabelDataset } from './label-documents.ts';

type Found = Extract<Result<typeof LabelCandidates>['found'], { readonly __typename: 'LabelCandidates' }>;
type Candidate = Found['candidates'][number];

export interface LabelDialogProps {
  readonly job: Pick<Clustering, 'id'>;
  onStarted(): void;
  onClose(): void;
}

/** Which table's rows get the labels of this clustering; of one that cannot have them, why. */
export function LabelDialog({ job, onStarted, onClose }: LabelDialogProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const ask = useAsk();
  const notify = useNotify();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const { data, error } = useQuery<readonly Candidate[], Failure>({
    queryKey: ['datasets', 'label-candidates', job.id],
    queryFn: async ({ signal }) =>
      succeeded((await ask(LabelCandidates, { job: job.id }, { signal })).found).candidates.toSorted(
        (a, b) => Number(a.misfits.length > 0) - Number(b.misfits.length > 0),
      ),
  });
  const label = useMutation<Job, Failure, Variables<typeof LabelDataset>>({
    mutationFn: async (variables) => succeeded((await ask(LabelDataset, variables)).result),
    onSuccess: () => {
      refetchSoon(client, JOB_KINDS);
      notify('labels.done', { type: 'info' });
      onStarted();
    },
  });
  const ready = chosen !== null && chosen.misfits.length === 0;
  const noneFits = data !== undefined && data.length > 0 && data.every(({ misfits }) => misfits.length > 0);
  return (
    <FormDialog
      title={translate('labels.title')}
      submit={translate('labels.submit')}
      keep={translate('labels.keep')}
      disabled={!ready || label.isPending}
      onSubmit={() => ready && label.mutate({ job: job.id, dataset: chosen.dataset.id })}
      onClose={onClose}
    >
      <Stack spacing={2}>
        <DialogContentText>{translate('labels.about')}</DialogContentText>
        {error && <FailureNote error={error} />}
        {label.error && <FailureNote error={label.error} />}
        {noneFits && <Alert severity="info">{translate('labels.none_fits')}</Alert>}
        <Autocomplete
          options={data ?? []}
          loading={data === undefined && !error}
          disabled={Boolean(error)}
          value={chosen}
          onChange={(_event, candidate) => setChosen(candidate)}
          groupBy={({ misfits }) => translate(misfits.length === 0 ? 'labels.fits' : 'labels.fits_not')}
          getOptionLabel={({ dataset }) => dataset.name}
          getOptionKey={({ dataset }) => dataset.id}
          isOptionEqualToValue={(one, other) => one.dataset.id === other.dataset.id}
          noOptionsText={translate('labels.none')}
          renderOption={({ key, ...props }, { dataset, rows }) => (
            <li key={key} {...props}>
              <Stack>
                <span>{dataset.name}</span>
                <Typography variant="caption" color="textSecondary">
                  {translate('labels.rows', { smart_count: rows, count: number(rows, locale) })}
                </Typography>
              </Stack>
            </li>
          )}
          renderInput={(params) => <TextField {...params} label={translate('labels.dataset')} />}
        />
        {chosen && chosen.misfits.length > 0 && <Misfits candidate={chosen} />}
      </Stack>
    </FormDialog>
  );
}

function Misfits({ candidate: { dataset, misfits } }: { readonly candidate: Candidate }) {
  const translate = useTranslate();
  const typeName = (type: string | null) => (type === null ? '' : translate(`datasets.type.${type}`));
  return (
    <Alert severity="warning">
      <AlertTitle>{translate('labels.misfit.title', { name: dataset.name })}</AlertTitle>
      {misfits.map(({ column, problem, wanted, found }) => (
        <div key={column}>
          {translate(`labels.misfit.${problem}`, { column, wanted: typeName(wanted), found: typeName(found) })}
        </div>
      ))}
      {translate('labels.misfit.advice')}
    </Alert>
  );
}
