import { Alert, FormControlLabel, MenuItem, Skeleton, Stack, Switch, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { Panel } from '../display/panel.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { ExpectationList } from './expectation-list.tsx';
import { type Quality, VersionQuality } from './version-documents.ts';

/** What each expectation said about the version; those that were not met come first. */
export function QualityPanel({ id }: { readonly id: string }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuestion(['versions', 'quality', id], VersionQuality, { id });
  const quality = data?.validationResults.nodes[0];
  return (
    <Panel title={translate('versions.quality.title')}>
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={160} />}
      {quality && <QualityReport quality={quality} />}
    </Panel>
  );
}

function QualityReport({ quality }: { readonly quality: Quality }) {
  const translate = useTranslate();
  const [onlyFailed, setOnlyFailed] = useState(quality.checksFailed > 0);
  const [table, setTable] = useState('');
  const tables = [...new Set(quality.expectations.map((each) => each.table))];
  const shown = quality.expectations
    .filter((each) => (!onlyFailed || !each.success) && (table === '' || each.table === table))
    .toSorted((a, b) => Number(a.success) - Number(b.success));
  const { checksTotal: total, checksPassed: passed, checksFailed: failed } = quality;
  return (
    <>
      <Alert severity={!quality.valid ? 'error' : failed > 0 ? 'warning' : 'success'} sx={{ mb: 1 }}>
        {translate(`versions.quality.${quality.valid ? 'valid' : 'invalid'}`, { total, passed, failed })}
      </Alert>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center', mb: 1 }}>
        <FormControlLabel
          sx={{ ml: 0 }}
          control={<Switch checked={onlyFailed} onChange={(_event, on) => setOnlyFailed(on)} size="small" />}
          label={translate('versions.quality.only_failed')}
        />
        <TextField
          select
          size="small"
          fullWidth={false}
          label={translate('versions.batches.table')}
          value={table}
          onChange={({ target }) => setTable(target.value)}
          sx={{ minWidth: 180 }}
        >
          <MenuItem value="">{translate('versions.quality.all_tables')}</MenuItem>
          {tables.map((name) => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
      {shown.length === 0 ? (
        <Typography color="textSecondary">{translate('versions.quality.none_shown')}</Typography>
      ) : (
        <ExpectationList expectations={shown} details={quality.failedChecks} />
      )}
    </>
  );
}
