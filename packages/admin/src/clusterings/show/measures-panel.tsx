import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';
import { useJobWords } from '../../jobs/job-words.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { isObject } from '../create/draft.ts';

/** The measures of the clustering, each with what it means. */
export function MeasuresPanel({ job }: { readonly job: ClusteringDetails }) {
  const translate = useTranslate();
  const { measure } = useJobWords();
  const [locale] = useLocaleState();
  const summary = job.stages.find(({ name }) => name === 'metrics')?.summary;
  const measures = Object.entries(isObject(summary) ? summary : {}).flatMap(([name, measure]) =>
    isObject(measure) ? [{ name, ...measure } as Measure] : [],
  );
  if (measures.length === 0) return null;
  return (
    <Panel title={translate('clusterings.measures')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{translate('clusterings.measure')}</TableCell>
            <TableCell align="right">{translate('clusterings.value')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {measures.map(({ name, title, value, definition, greater_is_better }) => (
            <TableRow key={name} data-measure={name}>
              <TableCell>
                {translate(`jobs.measure_name.${name}`, { _: title })}{' '}
                <Typography component="span" variant="caption" color="textSecondary">
                  {translate(greater_is_better ? 'clusterings.more_is_better' : 'clusterings.less_is_better')}
                </Typography>
                <Typography variant="body2" color="textSecondary" sx={{ display: { xs: 'none', sm: 'block' } }}>
                  {measure(name, definition)}
                </Typography>
              </TableCell>
              <TableCell align="right" sx={{ fontVariantNumeric: 'tabular-nums', verticalAlign: 'top' }}>
                {value === null ? '—' : number(value, locale)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

interface Measure {
  readonly name: string;
  readonly title: string;
  readonly value: number | null;
  readonly definition: string;
  readonly greater_is_better: boolean;
}
