import { Box, Card, Skeleton, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { StatusChip } from '../display/status-chip.tsx';
import { useOverviewState } from './use-overview.ts';

/** What serves, and the last verdicts on it. */
export function StateCards() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data, error, refetch } = useOverviewState();
  if (error && !data) return <FailureNote error={error} onRetry={() => refetch()} />;
  const {
    serviceStatus: service,
    servedModel: model,
    latestDriftReport: drift,
    latestValidationResult: quality,
  } = data ?? {};
  const waiting = !data;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))' }}>
      <StateCard title={translate('overview.serving.title')} waiting={waiting} value={service?.dataVersion ?? '—'}>
        {service && (
          <>
            {translate(service.ready ? 'overview.serving.ready' : 'overview.serving.not_ready')}.{' '}
            {translate(`overview.serving.pipeline.${service.pipelineStatus}`)}.
          </>
        )}
      </StateCard>
      <StateCard title={translate('overview.model.title')} waiting={waiting} value={model?.version ?? '—'}>
        {model ? (
          <>
            {translate('overview.model.trained', { version: model.trainedOn.name, count: model.featuresCount })},{' '}
            <Moment at={model.createdAt} />
            {model.trainMetrics.slice(0, 1).map(({ key, value }) => (
              <div key={key}>{`${key} ${number(value, locale)}`}</div>
            ))}
          </>
        ) : (
          translate('overview.model.none')
        )}
      </StateCard>
      <StateCard
        title={translate('overview.drift.title')}
        waiting={waiting}
        value={drift ? number(drift.driftScore, locale) : '—'}
        chip={drift && <StatusChip status={drift.driftDetected ? 'degraded' : 'ok'} />}
      >
        {drift
          ? `${translate(drift.driftDetected ? 'overview.drift.found' : 'overview.drift.not_found', { version: drift.datasetVersion.name })}; ${translate(`overview.drift.action.${drift.actionTaken}`)}`
          : translate('overview.drift.none')}
      </StateCard>
      <StateCard
        title={translate('overview.quality.title')}
        waiting={waiting}
        value={quality ? `${quality.checksPassed} / ${quality.checksTotal}` : '—'}
        chip={quality && <StatusChip status={quality.valid ? 'ok' : 'invalid'} />}
      >
        {quality
          ? translate(quality.valid ? 'overview.quality.passed' : 'overview.quality.failed', {
              version: quality.datasetVersion.name,
            })
          : translate('overview.quality.none')}
      </StateCard>
    </Box>
  );
}

interface StateCardProps {
  readonly title: string;
  readonly value: string;
  readonly waiting: boolean;
  readonly chip?: ReactNode;
  readonly children: ReactNode;
}

function StateCard({ title, value, waiting, chip, children }: StateCardProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: 2, minWidth: 0 }}>
      <Typography id={id} component="h2" variant="body2" color="textSecondary">
        {title}
      </Typography>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, my: 0.5 }}>
        <Typography variant="h5" component="p" sx={{ overflowWrap: 'anywhere' }}>
          {waiting ? <Skeleton width={80} /> : value}
        </Typography>
        {chip}
      </Box>
      <Typography variant="body2" color="textSecondary" component="div">
        {waiting ? <Skeleton /> : children}
      </Typography>
    </Card>
  );
}
