import { Alert, Box, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useLocaleState, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { Facts } from '../../display/facts.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { Moment } from '../../display/moment.tsx';
import { fixed, number, percent } from '../../display/numbers.ts';
import { PageLoading } from '../../display/page-loading.tsx';
import { Panel } from '../../display/panel.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { ClusterName } from '../cluster-name.tsx';
import { useMethodName } from '../method-name.ts';
import { CompareClusterings } from './compare-documents.ts';
import { CrossTable } from './cross-table.tsx';

type Comparison = Extract<
  Result<typeof CompareClusterings>['comparison'],
  { readonly __typename: 'ClusteringComparison' }
>;
export type Labels = NonNullable<Comparison['labels']>;

/** Two clusterings side by side: what they were asked, how good they are, and which rows are elsewhere. */
export default function ClusteringCompare() {
  const translate = useTranslate();
  const ask = useAsk();
  const { first = '', second = '' } = useParams();
  const { data, error } = useQuery<Comparison, Failure>({
    queryKey: ['clusterings', 'compare', first, second],
    queryFn: async ({ signal }) => succeeded((await ask(CompareClusterings, { first, second }, { signal })).comparison),
  });
  if (error) return <FailureNote error={error} />;
  if (!data) return <PageLoading />;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('clusterings.compare.title')} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <Side head={translate('jobs.compare.first')} job={data.first} />
        <Side head={translate('jobs.compare.second')} job={data.second} />
      </Box>
      {data.notes.length > 0 && (
        <Alert severity="info">
          {data.notes.map((note) => (
            <div key={note}>{note}</div>
          ))}
        </Alert>
      )}
      <Panel title={translate('clusterings.measures')}>
        <Measures comparison={data} />
      </Panel>
      {data.labels && <LabelPanels labels={data.labels} />}
      <Panel title={translate('jobs.parameters')}>
        <Differences parameters={data.parameters} />
      </Panel>
    </Stack>
  );
}

function Side({ head, job }: { readonly head: string; readonly job: Comparison['first'] }) {
  const translate = useTranslate();
  const methodName = useMethodName();
  return (
    <Panel title={head}>
      <Typography component={Link} to={`/clusterings/${encodeURIComponent(job.id)}/show`} color="primary">
        {translate('clusterings.title', {
          data: job.datasetVersion?.dataset.name ?? '—',
          method: methodName(job.clustering?.method ?? ''),
        })}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {translate('clusterings.clusters', { smart_count: job.clustering?.clusters ?? 0 })} ·{' '}
        <Moment at={job.createdAt} />
      </Typography>
    </Panel>
  );
}

function Measures({ comparison: { metrics, sameSpace } }: { readonly comparison: Comparison }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell>{translate('clusterings.measure')}</TableCell>
          <TableCell align="right">{translate('jobs.compare.first')}</TableCell>
          <TableCell align="right">{translate('jobs.compare.second')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {metrics.map(({ name, title, first, second, greaterIsBetter }) => {
          const better =
            sameSpace && first !== null && second !== null && first !== second
              ? first > second === greaterIsBetter
                ? 0
                : 1
              : undefined;
          return (
            <TableRow key={name}>
              <TableCell>{translate(`jobs.measure_name.${name}`, { _: title })}</TableCell>
              {[first, second].map((value, at) => (
                <TableCell
                  // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second
                  key={at}
                  align="right"
                  sx={{ fontWeight: better === at ? 700 : 400, fontVariantNumeric: 'tabular-nums' }}
                >
                  {value === null ? '—' : number(value, locale)}
                  {better === at && ` ✓`}
                </TableCell>
              ))}
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function LabelPanels({ labels }: { readonly labels: Labels }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const value = (measure: number | null) => (measure === null ? '—' : fixed(measure, 3, locale));
  return (
    <>
      <Panel title={translate('clusterings.compare.agreement')}>
        <Facts
          facts={[
            { label: translate('jobs.measure_name.adjusted_rand'), value: value(labels.adjustedRand) },
            {
              label: translate('jobs.measure_name.normalized_mutual_information'),
              value: value(labels.normalizedMutualInformation),
            },
            { label: translate('clusterings.compare.common'), value: number(labels.common, locale) },
            {
              label: translate('clusterings.compare.moved'),
              value: `${number(labels.moved, locale)} (${percent(labels.moved / (labels.common || 1), locale)})`,
            },
          ]}
        />
        <CrossTable labels={labels} />
      </Panel>
      {labels.movedRows.length > 0 && (
        <Panel title={translate('clusterings.compare.moved_rows')}>
          <Box tabIndex={0} sx={{ maxHeight: 320, overflowY: 'auto' }}>
            <Table size="small" stickyHeader>
              <TableHead>
                <TableRow>
                  <TableCell>{translate('clusterings.risk.row')}</TableCell>
                  <TableCell>{translate('jobs.compare.first')}</TableCell>
                  <TableCell>{translate('jobs.compare.second')}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {labels.movedRows.map((row) => (
                  <TableRow key={row.index}>
                    <TableCell>{row.index}</TableCell>
                    <TableCell>
                      <ClusterName label={row.first} />
                    </TableCell>
                    <TableCell>
                      <ClusterName label={row.second} />
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </Box>
        </Panel>
      )}
    </>
  );
}

function Differences({ parameters }: { readonly parameters: Comparison['parameters'] }) {
  const translate = useTranslate();
  if (parameters.length === 0) return <>{translate('jobs.compare.same_parameters')}</>;
  return (
    <Table size="small">
      <TableBody>
        {parameters.map(({ name, first, second }) => (
          <TableRow key={name}>
            <TableCell sx={{ overflowWrap: 'anywhere', width: '34%' }}>{name}</TableCell>
            {[first, second].map((value, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second
              <TableCell key={at} sx={{ overflowWrap: 'anywhere', width: '33%' }}>
                {value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
