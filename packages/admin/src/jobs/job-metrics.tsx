import { Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useLocaleState, useTranslate } from 'react-admin';
import { LazyChart } from '../charts/lazy-chart.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { number } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { useFollow } from '../live/live-data.tsx';
import { JobMetricLogged } from './job-documents.ts';
import type { JobDetails } from './job-resource.ts';
import { useStageName } from './stage-name.ts';
import { addMetric, type MetricSeries, metricsKey, useJobMetrics } from './use-job-metrics.ts';

const OVER = new Set(['completed', 'failed', 'cancelled']);

/** What stages have measured: a curve where there are steps, the last value of the rest. */
export function JobMetricsPanel({ job }: { readonly job: JobDetails }) {
  const translate = useTranslate();
  const client = useQueryClient();
  const { data: series, error, refetch } = useJobMetrics(job.id);
  useFollow(JobMetricLogged, { job: job.id }, OVER.has(job.status) ? undefined : job.id, ({ metricLogged }) => {
    client.setQueryData(metricsKey(job.id), (known: readonly MetricSeries[] = []) => addMetric(known, metricLogged));
  });
  const nameOf = useSeriesName();
  const curves = series?.filter(({ points }) => points.length > 1) ?? [];
  const single = series?.filter(({ points }) => points.length === 1) ?? [];
  return (
    <Panel title={translate('jobs.metrics')}>
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {series?.length === 0 && <Typography color="textSecondary">{translate('jobs.no_metrics')}</Typography>}
      {single.length > 0 && <SingleValues series={single} />}
      {curves.map(({ stage, key, points }) => (
        <LazyChart
          key={`${stage}.${key}`}
          title={nameOf(stage, key)}
          kind="line"
          x={points.map(({ step }) => step)}
          series={[{ name: key, values: points.map(({ value }) => value) }]}
        />
      ))}
    </Panel>
  );
}

function SingleValues({ series }: { readonly series: readonly MetricSeries[] }) {
  const [locale] = useLocaleState();
  const nameOf = useSeriesName();
  return (
    <Table size="small">
      <TableBody>
        {series.map(({ stage, key, points }) => (
          <TableRow key={`${stage}.${key}`}>
            <TableCell component="th" scope="row" sx={{ color: 'text.secondary' }}>
              {nameOf(stage, key)}
            </TableCell>
            <TableCell align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
              {number(points[0]?.value ?? Number.NaN, locale)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function useSeriesName(): (stage: string, key: string) => string {
  const translate = useTranslate();
  const stageName = useStageName();
  return (stage, key) => `${stageName(stage)} · ${translate(`jobs.measure_name.${key}`, { _: key })}`;
}
