import { FormControlLabel, Stack, Switch, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useState } from 'react';
import { Title, useGetOne, useLocaleState, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { WHOLE } from '../data/whole-record.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { Duration, Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { useCameTo } from './came-to.ts';
import type { JobDetails } from './job-resource.ts';
import { secondsOf } from './job-time.ts';
import { ParameterTable } from './parameter-table.tsx';
import { type MetricSeries, useJobMetrics } from './use-job-metrics.ts';

/** Two jobs side by side: what they were asked, what they took and what they measured. */
export default function JobCompare() {
  const translate = useTranslate();
  const { first = '', second = '' } = useParams();
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const a = useGetOne<JobDetails>('jobs', { id: first, meta: WHOLE });
  const b = useGetOne<JobDetails>('jobs', { id: second, meta: WHOLE });
  const error = a.error ?? b.error;
  if (error) return <FailureNote error={error} />;
  if (!a.data || !b.data) return <PageLoading />;
  const heads = [translate('jobs.compare.first'), translate('jobs.compare.second')];
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('jobs.compare.title')} />
      <Panel title={translate('jobs.summary')}>
        <SummaryTable jobs={[a.data, b.data]} heads={heads} />
      </Panel>
      <Panel title={translate('jobs.metrics')}>
        <MetricTable first={first} second={second} heads={heads} />
      </Panel>
      <Panel
        title={translate('jobs.parameters')}
        action={
          <FormControlLabel
            control={
              <Switch checked={onlyDifferences} onChange={(_event, on) => setOnlyDifferences(on)} size="small" />
            }
            label={translate('jobs.compare.only_changes')}
          />
        }
      >
        <ParameterTable
          columns={[a.data.parameters, b.data.parameters]}
          heads={heads}
          onlyDifferences={onlyDifferences}
          empty={translate('jobs.compare.same_parameters')}
        />
      </Panel>
    </Stack>
  );
}

interface SummaryTableProps {
  readonly jobs: readonly JobDetails[];
  readonly heads: readonly string[];
}

function SummaryTable({ jobs, heads }: SummaryTableProps) {
  const translate = useTranslate();
  const cameTo = useCameTo();
  const rows = [
    { name: 'status', of: (job: JobDetails) => <StatusChip status={job.status} /> },
    { name: 'datasetVersion', of: (job: JobDetails) => job.datasetVersion?.name ?? job.datasetVersion?.dataset.name },
    { name: 'createdAt', of: (job: JobDetails) => <Moment at={job.createdAt} /> },
    { name: 'took', of: (job: JobDetails) => <Duration seconds={secondsOf(job)} /> },
    { name: 'seed', of: (job: JobDetails) => String(job.seed) },
    { name: 'outcome', of: (job: JobDetails) => cameTo(job.outcome) },
  ];
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell component="td" />
          {jobs.map((job, at) => (
            <TableCell key={job.id}>
              <Link to={`/jobs/${encodeURIComponent(job.id)}/show`}>{heads[at]}</Link>
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ name, of }) => (
          <TableRow key={name}>
            <TableCell component="th" scope="row" sx={{ color: 'text.secondary' }}>
              {translate(`resources.jobs.fields.${name}`)}
            </TableCell>
            {jobs.map((job) => (
              <TableCell key={job.id}>{of(job)}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

interface MetricTableProps {
  readonly first: string;
  readonly second: string;
  readonly heads: readonly string[];
}

function MetricTable({ first, second, heads }: MetricTableProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const a = lastValues(useJobMetrics(first).data);
  const b = lastValues(useJobMetrics(second).data);
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  if (names.length === 0) return translate('jobs.no_metrics');
  const show = (value: number | undefined) => (value === undefined ? '—' : number(value, locale));
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell component="td" />
          {[...heads, translate('jobs.compare.difference')].map((head) => (
            <TableCell key={head} align="right">
              {head}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {names.map((name) => {
          const [x, y] = [a.get(name), b.get(name)];
          return (
            <TableRow key={name}>
              <TableCell component="th" scope="row" sx={{ color: 'text.secondary' }}>
                {name}
              </TableCell>
              <TableCell align="right">{show(x)}</TableCell>
              <TableCell align="right">{show(y)}</TableCell>
              <TableCell align="right">{show(x === undefined || y === undefined ? undefined : y - x)}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function lastValues(series: readonly MetricSeries[] = []): ReadonlyMap<string, number> {
  return new Map(series.map(({ stage, key, points }) => [`${stage} · ${key}`, points.at(-1)?.value ?? Number.NaN]));
}
