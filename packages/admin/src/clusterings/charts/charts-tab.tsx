import { Alert, Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { EmptyState } from '../../display/empty-state.tsx';
import { useJobWords } from '../../jobs/job-words.ts';
import { isObject } from '../create/draft.ts';
import type { TabProps } from '../show/clustering-show.tsx';
import { filesOf } from '../show/job-files.ts';
import { ChartPanel } from './chart-panel.tsx';

const CHART = /^chart\.(\w+)\.json$/;

/** Every picture of the job, as an interactive chart. */
export default function ChartsTab({ job }: TabProps) {
  const translate = useTranslate();
  const { said } = useJobWords();
  const names = filesOf(job).flatMap(({ name }) => CHART.exec(name)?.[1] ?? []);
  const summary = job.stages.find(({ name }) => name === 'visualization')?.summary;
  const left = (isObject(summary) && Array.isArray(summary.left) ? summary.left : []).filter(isObject);
  if (names.length === 0) {
    return (
      <EmptyState title={translate('clusterings.charts.empty')}>
        {translate('clusterings.charts.empty_text')}
      </EmptyState>
    );
  }
  return (
    <Box
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } }}
    >
      {names.map((name) => (
        <ChartPanel key={name} job={job} name={name} />
      ))}
      {left.map(({ chart, why }) => (
        <Alert key={String(chart)} severity="info" sx={{ alignSelf: 'start' }}>
          {translate('clusterings.charts.left', {
            chart: translate(`clusterings.chart.${chart}`, { _: String(chart) }),
            why: said(String(why)),
          })}
        </Alert>
      ))}
    </Box>
  );
}
