import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { StatusChip } from '../display/status-chip.tsx';
import { StateCard, StateGrid } from './state-card.tsx';
import { useOverviewState } from './use-overview.ts';

/** Of a model's metrics the one that is told here. */
const TOLD = /map/i;

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
    <StateGrid>
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
            {model.trainMetrics
              .filter(({ key }) => TOLD.test(key))
              .slice(0, 1)
              .map(({ key, value }) => (
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
    </StateGrid>
  );
}
