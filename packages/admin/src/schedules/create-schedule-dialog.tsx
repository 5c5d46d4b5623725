import { Autocomplete, MenuItem, Stack, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useGetList, useNotify, useTranslate } from 'react-admin';
import type { Dataset } from '../datasets/dataset-resource.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { FormDialog } from '../display/form-dialog.tsx';
import { type Failure, succeeded } from '../graphql/failure.ts';
import type { Variables } from '../graphql/graphql.ts';
import { useAsk, useQuestion } from '../graphql/use-ask.tsx';
import { refetchSoon } from '../live/refetch-soon.ts';
import { PresetList } from '../presets/preset-documents.ts';
import { CreateSchedule } from './schedule-documents.ts';

/** Usual times, as cron expressions. */
const TIMES = {
  nightly: '0 3 * * *',
  weekly: '0 3 * * 1',
  monthly: '0 3 1 * *',
  quarterly: '0 3 1 1,4,7,10 *',
} as const;

/** What each pipeline is asked for: data sets by the names that it knows them by. */
const SOURCES = {
  clustering: [{ name: 'dataset', required: true }],
  stores_mart: [
    { name: 'sales', required: true },
    { name: 'stores', required: true },
    { name: 'places', required: false },
  ],
} as const;

type Pipeline = keyof typeof SOURCES;

export function CreateScheduleDialog({ onClose }: { readonly onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const ask = useAsk();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [pipeline, setPipeline] = useState<Pipeline>('clustering');
  const [sources, setSources] = useState<Readonly<Record<string, Dataset | null>>>({});
  const [preset, setPreset] = useState('');
  const [cron, setCron] = useState<string>(TIMES.nightly);
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const presets = useQuestion(['presets', 'all'], PresetList, {});
  const datasets = useGetList<Dataset>('datasets', {
    filter: { kind: 'clustering' },
    pagination: { page: 1, perPage: 100 },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  const create = useMutation<unknown, Failure, Variables<typeof CreateSchedule>>({
    mutationFn: async (variables) => succeeded((await ask(CreateSchedule, variables)).result),
    onSuccess: () => {
      refetchSoon(client, ['schedules']);
      notify('schedules.create.done', { type: 'info' });
      onClose();
    },
  });
  const ready =
    name.trim() !== '' &&
    cron.trim() !== '' &&
    SOURCES[pipeline].every((source) => !source.required || sources[source.name]);
  const submit = () => {
    if (!ready) return;
    const chosen = SOURCES[pipeline].flatMap((source) => {
      const dataset = sources[source.name];
      return dataset ? [[source.name, dataset.uuid] as const] : [];
    });
    const request = { ...Object.fromEntries(chosen), ...(pipeline === 'clustering' && preset ? { preset } : {}) };
    create.mutate({ name: name.trim(), pipeline, request, cron: cron.trim(), timeZone });
  };
  const wrong = create.error?.field;
  return (
    <FormDialog
      title={translate('schedules.create.label')}
      submit={translate('schedules.create.submit')}
      keep={translate('clusterings.close')}
      disabled={!ready || create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack spacing={2} sx={{ pt: 1 }}>
        {create.error && <FailureNote error={create.error} />}
        <TextField
          label={translate('schedules.create.name')}
          value={name}
          onChange={({ target }) => setName(target.value)}
          required
          autoFocus
        />
        <TextField
          select
          label={translate('schedules.create.pipeline')}
          value={pipeline}
          onChange={({ target }) => setPipeline(target.value === 'stores_mart' ? 'stores_mart' : 'clustering')}
        >
          {Object.keys(SOURCES).map((each) => (
            <MenuItem key={each} value={each}>
              {translate(`jobs.pipeline.${each}`)}
            </MenuItem>
          ))}
        </TextField>
        {SOURCES[pipeline].map((source) => (
          <Autocomplete
            key={source.name}
            options={datasets.data ?? []}
            value={sources[source.name] ?? null}
            getOptionLabel={(dataset) => dataset.name}
            getOptionKey={({ id }) => id}
            onChange={(_event, chosen) => setSources({ ...sources, [source.name]: chosen })}
            renderInput={(params) => (
              <TextField {...params} label={translate(`schedules.create.${source.name}`)} required={source.required} />
            )}
          />
        ))}
        {pipeline === 'clustering' && (
          <TextField
            select
            label={translate('schedules.create.preset')}
            value={preset}
            onChange={({ target }) => setPreset(target.value)}
          >
            <MenuItem value="">{translate('clusterings.create.manual_text')}</MenuItem>
            {presets.data?.presets.map((each) => (
              <MenuItem key={each.name} value={each.name}>
                {translate(`clusterings.preset.${each.name}.title`, { _: each.name })}
              </MenuItem>
            ))}
          </TextField>
        )}
        <TextField
          select
          label={translate('schedules.create.when')}
          value={Object.entries(TIMES).find(([, time]) => time === cron)?.[0] ?? 'own'}
          onChange={({ target }) => setCron(Object.entries(TIMES).find(([each]) => each === target.value)?.[1] ?? '')}
        >
          {[...Object.keys(TIMES), 'own'].map((each) => (
            <MenuItem key={each} value={each}>
              {translate(`schedules.time.${each}`)}
            </MenuItem>
          ))}
        </TextField>
        <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
          <TextField
            label={translate('schedules.create.cron')}
            value={cron}
            onChange={({ target }) => setCron(target.value)}
            error={wrong === 'cron'}
            helperText={translate('schedules.create.cron_help')}
            required
            sx={{ flex: 1 }}
            slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: 'monospace' } } }}
          />
          <Autocomplete
            options={Intl.supportedValuesOf('timeZone')}
            value={timeZone}
            onChange={(_event, zone) => setTimeZone(zone)}
            disableClearable
            sx={{ flex: 1 }}
            renderInput={(params) => <TextField {...params} label={translate('schedules.create.zone')} />}
          />
        </Stack>
      </Stack>
    </FormDialog>
  );
}
