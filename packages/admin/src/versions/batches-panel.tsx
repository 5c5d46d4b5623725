import { Alert, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { bytes, number } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { type Version, VersionBatches } from './version-documents.ts';

/** Batches make no news of their own: while a version is open it is asked about. */
const LOOK_MS = 2_000;
/** Numbers of missing batches that are written out. */
const LISTED = 12;

/** What has arrived of each table, and what has not. */
export function BatchesPanel({ version }: { readonly version: Version }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const open = version.status === 'receiving';
  const { data, error, refetch } = useQuestion(
    ['versions', 'batches', version.id],
    VersionBatches,
    { id: version.id },
    open ? { every: LOOK_MS } : {},
  );
  const tables = data?.node && 'batches' in data.node ? data.node.batches : undefined;
  return (
    <Panel title={translate('versions.batches.title')}>
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {open && (
        <Alert severity="info" sx={{ mb: 1 }}>
          {translate('versions.batches.open')}
        </Alert>
      )}
      {tables?.length === 0 && <Typography color="textSecondary">{translate('versions.batches.none')}</Typography>}
      {tables && tables.length > 0 && (
        <Table size="small" sx={{ '& td, & th': { px: { xs: 0.5, sm: 2 } } }}>
          <TableHead>
            <TableRow>
              <TableCell>{translate('versions.batches.table')}</TableCell>
              <TableCell sx={{ width: '40%' }}>{translate('versions.batches.received')}</TableCell>
              <TableCell align="right">{translate('versions.batches.records')}</TableCell>
              <TableCell align="right" sx={WIDE}>
                {translate('versions.batches.bytes')}
              </TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {tables.map(({ table, batches, totalBatches, missing, records, bytes: size }) => (
              <TableRow key={table}>
                <TableCell component="th" scope="row" sx={{ overflowWrap: 'anywhere' }}>
                  {table}
                </TableCell>
                <TableCell>
                  <ShareBar
                    share={totalBatches === 0 ? 1 : batches / totalBatches}
                    label={translate('versions.batches.of', { batches, total: totalBatches })}
                    color={missing.length > 0 ? 'warning' : 'success'}
                  />
                  <Typography variant="body2" color="textSecondary">
                    {translate('versions.batches.of', { batches, total: totalBatches })}
                    {missing.length > 0 && ` · ${translate('versions.batches.missing', { list: listed(missing) })}`}
                  </Typography>
                </TableCell>
                <TableCell align="right">{records === null ? '—' : number(records, locale)}</TableCell>
                <TableCell align="right" sx={WIDE}>
                  {bytes(size, locale)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

function listed(missing: readonly number[]): string {
  return missing.length > LISTED ? `${missing.slice(0, LISTED).join(', ')} …` : missing.join(', ');
}

const WIDE = { display: { xs: 'none', sm: 'table-cell' } } as const;
