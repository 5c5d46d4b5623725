import {
  Box,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TablePagination,
  TableRow,
  TableSortLabel,
} from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { EmptyState } from '../../display/empty-state.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { number } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { ClusterName } from '../cluster-name.tsx';
import { isObject } from '../create/draft.ts';
import type { TabProps } from '../show/clustering-show.tsx';
import { hasFile } from '../show/job-files.ts';
import { RiskAnalysis } from './risk-documents.ts';
import { useRiskLook } from './risk-look.ts';
import { RiskScore } from './risk-score.tsx';
import { RiskSettings } from './risk-settings.tsx';
import { WaterfallDialog } from './waterfall-dialog.tsx';

type RiskPage = Extract<Result<typeof RiskAnalysis>['risk'], { readonly __typename: 'RiskPage' }>;

/** Features that are shown beside the score; all of them are in the explanation. */
const FEATURES = 5;

/** Each row with its score, the highest first or in the order of the table; a row opens what its score is made of. */
export default function RiskTab({ job }: TabProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const ask = useAsk();
  const [page, setPage] = useState({ offset: 0, limit: 25, highestFirst: true });
  const [opened, setOpened] = useState<number>();
  const risk = useRiskLook(job);
  const ready = hasFile(job, 'risk.bin');
  const { data, error, refetch } = useQuery<RiskPage, Failure>({
    queryKey: ['clustering-risk', job.id, page],
    queryFn: async ({ signal }) => succeeded((await ask(RiskAnalysis, { job: job.id, ...page }, { signal })).risk),
    enabled: ready,
    placeholderData: keepPreviousData,
  });
  if (!ready) {
    return (
      <EmptyState title={translate('clusterings.risk.empty')}>{translate('clusterings.risk.empty_text')}</EmptyState>
    );
  }
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={400} />;
  const names = Object.keys(featuresOf(data.rows[0])).slice(0, FEATURES);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 300px' } }}>
      <Panel title={translate('clusterings.tab.risk')}>
        <Table size="small" sx={{ '& .MuiTableCell-root': { px: { xs: 1, sm: 2 } } }}>
          <TableHead>
            <TableRow>
              <TableCell>
                <TableSortLabel
                  active={!page.highestFirst}
                  direction="asc"
                  onClick={() => setPage({ ...page, offset: 0, highestFirst: false })}
                >
                  {translate('clusterings.risk.row')}
                </TableSortLabel>
              </TableCell>
              <TableCell sortDirection={page.highestFirst ? 'desc' : false}>
                <TableSortLabel
                  active={page.highestFirst}
                  direction="desc"
                  onClick={() => setPage({ ...page, offset: 0, highestFirst: true })}
                >
                  {translate('clusterings.risk.score')}
                </TableSortLabel>
              </TableCell>
              <TableCell>{translate('clusterings.risk.cluster')}</TableCell>
              {names.map((name) => (
                <TableCell key={name} align="right" sx={{ display: { xs: 'none', md: 'table-cell' } }}>
                  {name}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {data.rows.map((row) => (
              <TableRow
                key={row.index}
                hover
                tabIndex={0}
                role="button"
                title={translate('clusterings.risk.explain', { row: row.index })}
                onClick={() => setOpened(row.index)}
                onKeyDown={({ key }) => key === 'Enter' && setOpened(row.index)}
                sx={{ cursor: 'pointer' }}
                data-row={row.index}
              >
                <TableCell>{row.index}</TableCell>
                <TableCell>
                  <RiskScore score={row.score} look={risk.look} />
                </TableCell>
                <TableCell>
                  <ClusterName label={row.cluster} />
                </TableCell>
                {names.map((name) => (
                  <TableCell key={name} align="right" sx={{ display: { xs: 'none', md: 'table-cell' } }}>
                    {number(Number(featuresOf(row)[name]), locale)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
        <TablePagination
          component="div"
          count={data.total}
          page={Math.floor(page.offset / page.limit)}
          rowsPerPage={page.limit}
          rowsPerPageOptions={[25, 50, 100]}
          // A phone has no room for it.
          sx={{ '& .MuiTablePagination-selectLabel': { display: { xs: 'none', sm: 'block' } } }}
          getItemAriaLabel={(place) => translate(`display.pages.${place}`)}
          labelRowsPerPage={translate('display.pages.per_page')}
          labelDisplayedRows={({ from, to, count }) =>
            translate('display.pages.range_of', { from, to, total: number(count, locale) })
          }
          onPageChange={(_event, wanted) => setPage({ ...page, offset: wanted * page.limit })}
          onRowsPerPageChange={({ target }) => setPage({ ...page, offset: 0, limit: Number(target.value) })}
        />
      </Panel>
      <RiskSettings job={job} risk={risk} />
      {opened !== undefined && (
        <WaterfallDialog job={job} index={opened} look={risk.look} onClose={() => setOpened(undefined)} />
      )}
    </Box>
  );
}

function featuresOf(row: RiskPage['rows'][number] | undefined): Readonly<Record<string, unknown>> {
  return isObject(row?.features) ? row.features : {};
}
