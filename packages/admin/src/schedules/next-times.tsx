import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Moment } from '../display/moment.tsx';
import type { Schedule } from './schedule-resource.ts';

/** When it runs next, how long that is away, and the times after that, by the clock of the schedule's own time zone. */
export function NextTimes({ schedule }: { readonly schedule: Pick<Schedule, 'dueTimes' | 'timeZone'> }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { dueTimes, timeZone } = schedule;
  const [next, ...others] = dueTimes;
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
  const short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return (
    <Box data-next-times>
      <Typography variant="subtitle2" component="h3">
        {translate('schedules.next')}
      </Typography>
      {next === undefined && <Typography variant="body2">{translate('schedules.no_next')}</Typography>}
      {next !== undefined && (
        <Typography variant="body2">
          <strong>{when.format(new Date(next))}</strong> · <Moment at={next} />
          <Typography variant="caption" component="span" color="textSecondary" sx={{ display: 'block' }}>
            {translate('schedules.zone', { zone: timeZone })}
          </Typography>
        </Typography>
      )}
      {others.length > 0 && (
        <>
          <Typography variant="caption" component="h4" color="textSecondary" sx={{ mt: 1 }}>
            {translate('schedules.after')}
          </Typography>
          <Box component="ol" sx={{ listStyle: 'none', p: 0, m: 0 }}>
            {others.map((at) => (
              <Typography component="li" key={at} variant="body2">
                {short.format(new Date(at))}
              </Typography>
            ))}
          </Box>
        </>
      )}
    </Box>
  );
}
