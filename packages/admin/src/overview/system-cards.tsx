import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { Duration, Moment } from '../display/moment.tsx';
import { bytes, milliseconds, number } from '../display/numbers.ts';
import { StateCard, StateGrid } from './state-card.tsx';
import { useSystem } from './use-overview.ts';

/** Queue, workers and latency as they are now. */
export function SystemCards() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data, error, refetch } = useSystem();
  if (error && !data) return <FailureNote error={error} onRetry={() => refetch()} />;
  const waiting = !data;
  const { queue, processes, latency, memory, uptimeSeconds } = data?.systemStatus ?? {};
  const workers = processes?.filter(({ takesJobs }) => takesJobs) ?? [];
  const show = (value: number | null | undefined) => (value == null ? '—' : number(value, locale));
  const time = (value: number | null) => (value === null ? '—' : milliseconds(value, locale));
  return (
    <StateGrid>
      <StateCard title={translate('overview.system.queue')} waiting={waiting} value={show(queue?.pending)}>
        {queue && translate('overview.system.queue_text', { ...queue })}
        {queue?.waitingSince && (
          <div>
            {translate('overview.system.waiting_since')} <Moment at={queue.waitingSince} />
          </div>
        )}
      </StateCard>
      <StateCard
        title={translate('overview.system.workers')}
        waiting={waiting}
        value={show(workers.filter(({ alive }) => alive).length)}
      >
        {processes &&
          translate('overview.system.workers_text', {
            alive: processes.filter(({ alive }) => alive).length,
            all: processes.length,
            jobs: workers.reduce((sum, { jobs }) => sum + jobs.length, 0),
          })}
      </StateCard>
      <StateCard
        title={translate('overview.system.latency')}
        waiting={waiting}
        value={latency?.p95 == null ? '—' : milliseconds(latency.p95, locale)}
      >
        {latency &&
          (latency.requests === 0
            ? translate('overview.system.quiet')
            : translate('overview.system.latency_text', {
                p50: time(latency.p50),
                p99: time(latency.p99),
                rate: number(Math.round(latency.perSecond * 10) / 10, locale),
                refused: latency.refused,
              }))}
      </StateCard>
      <StateCard
        title={translate('overview.system.memory')}
        waiting={waiting}
        value={memory ? bytes(memory.rss, locale) : '—'}
      >
        {translate('overview.system.uptime')} <Duration seconds={uptimeSeconds} />
      </StateCard>
    </StateGrid>
  );
}
