import { Stack } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Facts } from '../../display/facts.tsx';
import { Duration, Moment } from '../../display/moment.tsx';
import { number } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';
import { secondsOf } from '../../jobs/job-time.ts';
import { ParameterTable } from '../../jobs/parameter-table.tsx';
import { AgainButton } from './again-button.tsx';
import type { TabProps } from './clustering-show.tsx';

/** What the job was asked for, and a way to ask for it with changes. */
export default function ParametersTab({ job }: TabProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const field = (name: string) => translate(`resources.jobs.fields.${name}`);
  return (
    <Stack spacing={2}>
      <Panel title={translate('jobs.parameters')} action={<AgainButton job={job.id} />}>
        <ParameterTable columns={[job.parameters]} empty={translate('jobs.no_parameters')} />
      </Panel>
      <Panel title={translate('jobs.summary')}>
        <Facts
          facts={[
            { label: field('createdAt'), value: <Moment at={job.createdAt} /> },
            { label: field('startedAt'), value: <Moment at={job.startedAt} /> },
            { label: field('finishedAt'), value: <Moment at={job.finishedAt} /> },
            { label: field('took'), value: <Duration seconds={secondsOf(job)} /> },
            { label: field('seed'), value: number(job.seed, locale) },
            { label: field('uuid'), value: <code>{job.uuid}</code> },
          ]}
        />
      </Panel>
    </Stack>
  );
}
