import { Alert, Box, LinearProgress, Stack, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { duration } from '../../display/durations.ts';
import { FailureNote } from '../../display/failure-note.tsx';
import { bytes, number } from '../../display/numbers.ts';
import { useMethodName } from '../method-name.ts';
import type { Forecast } from './use-forecast.ts';

export interface ForecastPanelProps {
  readonly forecast: Forecast | undefined;
  readonly error: unknown;
  /** Problems that stand beside their fields already. */
  readonly told: number;
}

/** What the job would need, stage by stage, against what a stage may have; of a refusal, what would fit. */
export function ForecastPanel({ forecast, error, told }: ForecastPanelProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  if (error) {
    if (told === 0) return <FailureNote error={error} />;
    return <Alert severity="error">{translate('clusterings.forecast.problems', { smart_count: told })}</Alert>;
  }
  if (!forecast) return <Typography color="textSecondary">{translate('clusterings.forecast.nothing')}</Typography>;
  const most = Math.max(...forecast.stages.map((stage) => stage.bytes));
  return (
    <Stack spacing={1.5} aria-live="polite">
      <Alert severity={forecast.accepted ? 'success' : 'error'}>
        {translate(forecast.accepted ? 'clusterings.forecast.fits' : 'clusterings.forecast.refused', {
          most: bytes(most, locale),
          limit: bytes(forecast.limit, locale),
        })}
      </Alert>
      {forecast.accepted && (
        <Typography variant="body2">
          {translate('clusterings.forecast.time', {
            low: duration(forecast.seconds.low, locale),
            high: duration(forecast.seconds.high, locale),
          })}
        </Typography>
      )}
      {forecast.stages.map((stage) => (
        <StageNeed key={stage.stage} stage={stage} limit={forecast.limit} />
      ))}
      {!forecast.exact && (
        <Typography variant="caption" color="textSecondary">
          {translate('clusterings.forecast.at_most')}
        </Typography>
      )}
      <Typography variant="caption" color="textSecondary">
        {number(forecast.stages[0]?.rows ?? 0, locale)} × {number(forecast.stages[0]?.columns ?? 0, locale)}{' '}
        {translate('clusterings.forecast.size')}
      </Typography>
    </Stack>
  );
}

interface StageNeedProps {
  readonly stage: Forecast['stages'][number];
  readonly limit: number;
}

function StageNeed({ stage, limit }: StageNeedProps) {
  const translate = useTranslate();
  const methodName = useMethodName();
  const [locale] = useLocaleState();
  const name = translate(`clusterings.stage.${stage.stage}`, { _: stage.stage });
  return (
    <Box data-stage={stage.stage}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1 }}>
        <Typography variant="body2">{name}</Typography>
        <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          {bytes(stage.bytes, locale)}
        </Typography>
      </Stack>
      <LinearProgress
        variant="determinate"
        value={Math.min(100, (100 * stage.bytes) / limit)}
        color={stage.refused ? 'error' : 'primary'}
        aria-label={name}
      />
      {stage.refused && (
        <Typography variant="body2" color="error">
          {stage.mostRows !== null &&
            translate('clusterings.forecast.most_rows', { rows: number(stage.mostRows, locale) })}{' '}
          {stage.methods &&
            stage.methods.length > 0 &&
            translate('clusterings.forecast.methods', { methods: stage.methods.map(methodName).join(', ') })}
        </Typography>
      )}
    </Box>
  );
}
