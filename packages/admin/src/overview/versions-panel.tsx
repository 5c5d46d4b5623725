import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { useOverviewVersions } from './use-overview.ts';

const HEADS = ['name', 'status', 'quality', 'drift', 'created'] as const;

/** The last versions with what was found about them. */
export function VersionsPanel() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data, error, refetch } = useOverviewVersions();
  const qualityOf = new Map(data?.validationResults.nodes.toReversed().map((each) => [each.datasetVersion.id, each]));
  const driftOf = new Map(data?.driftReports.nodes.toReversed().map((each) => [each.datasetVersion.id, each]));
  return (
    <Panel title={translate('overview.versions.title')}>
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {data?.datasetVersions.nodes.length === 0 && (
        <Typography color="textSecondary">{translate('overview.versions.none')}</Typography>
      )}
      {data && data.datasetVersions.nodes.length > 0 && (
        <Table size="small">
          <TableHead>
            <TableRow>
              {HEADS.map((head) => (
                <TableCell key={head}>{translate(`overview.versions.${head}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {data.datasetVersions.nodes.map(({ id, name, status, createdAt, received }) => {
              const [quality, drift] = [qualityOf.get(id), driftOf.get(id)];
              return (
                <TableRow key={id}>
                  <TableCell component="th" scope="row">
                    {name}
                  </TableCell>
                  <TableCell>
                    <StatusChip status={status} />
                    {status === 'receiving' && <Received tables={received} />}
                  </TableCell>
                  <TableCell>
                    {quality ? (
                      <StatusChip
                        status={quality.valid ? 'ok' : 'invalid'}
                        label={`${quality.checksPassed} / ${quality.checksTotal}`}
                      />
                    ) : (
                      '—'
                    )}
                  </TableCell>
                  <TableCell>
                    {drift ? (
                      <StatusChip
                        status={drift.driftDetected ? 'degraded' : 'ok'}
                        label={number(drift.driftScore, locale)}
                      />
                    ) : (
                      '—'
                    )}
                  </TableCell>
                  <TableCell>
                    <Moment at={createdAt} />
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

interface ReceivedProps {
  readonly tables: readonly { readonly batches: number; readonly totalBatches: number }[];
}

function Received({ tables }: ReceivedProps) {
  const translate = useTranslate();
  const received = tables.reduce((sum, { batches }) => sum + batches, 0);
  const total = tables.reduce((sum, { totalBatches }) => sum + totalBatches, 0);
  return (
    <Typography component="span" variant="body2" color="textSecondary" sx={{ ml: 1 }}>
      {translate('overview.versions.batches', { received, total })}
    </Typography>
  );
}
