import { Box, Chip, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../../display/panel.tsx';
import { ServerChart } from '../charts/server-chart.tsx';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { isObject } from '../create/draft.ts';
import { useJsonFile } from './use-json-file.ts';

/** The number of clusters that each measure voted for, where they were asked. */
export function VotesPanel({ job }: { readonly job: ClusteringDetails }) {
  const translate = useTranslate();
  const { data } = useJsonFile(job, 'choice.json');
  if (!isObject(data)) return null;
  const votes = isObject(data.votes) ? Object.entries(data.votes) : [];
  return (
    <Panel title={translate('clusterings.votes.title', { smart_count: Number(data.k) })}>
      <Typography variant="body2" color="textSecondary">
        {translate('clusterings.votes.text')}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', my: 1 }}>
        {votes.map(([measure, k]) => (
          <Chip
            key={measure}
            size="small"
            color={k === data.k ? 'success' : 'default'}
            variant="outlined"
            label={`${translate(`jobs.measure_name.${snake(measure)}`, { _: measure })}: ${k}`}
          />
        ))}
      </Box>
      <ServerChart option={data.chart} title={translate('clusterings.votes.chart')} height={300} />
    </Panel>
  );
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
