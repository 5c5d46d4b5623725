import { useQuery } from '@tanstack/react-query';
import type { Ask } from '../graphql/client.ts';
import { type Failure, succeeded } from '../graphql/failure.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { JobMetrics } from './job-documents.ts';

interface Measured {
  readonly stage: string;
  readonly key: string;
  readonly step: number;
  readonly value: number;
}

export interface MetricSeries {
  readonly stage: string;
  readonly key: string;
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

/** Pages of 100 that are read at most: curves longer than that are thinned by who logs them. */
const MOST_PAGES = 20;

export function metricsKey(id: string): readonly string[] {
  return ['jobs', 'metrics', id];
}

export function useJobMetrics(id: string) {
  const ask = useAsk();
  return useQuery<readonly MetricSeries[], Failure>({
    queryKey: metricsKey(id),
    queryFn: ({ signal }) => readMetrics(ask, id, signal),
  });
}

async function readMetrics(ask: Ask, id: string, signal?: AbortSignal): Promise<readonly MetricSeries[]> {
  let series: readonly MetricSeries[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const job: {
      metrics: { nodes: readonly Measured[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
    } = succeeded((await ask(JobMetrics, { id, after }, { signal })).job);
    series = job.metrics.nodes.reduce(addMetric, series);
    if (!job.metrics.pageInfo.hasNextPage) break;
    after = job.metrics.pageInfo.endCursor;
  }
  return series;
}

/** With one more value, in the order of steps; one that is there already is not there twice. */
export function addMetric(
  series: readonly MetricSeries[],
  { stage, key, step, value }: Measured,
): readonly MetricSeries[] {
  const at = series.findIndex((each) => each.stage === stage && each.key === key);
  const found = series[at];
  if (!found) return [...series, { stage, key, points: [{ step, value }] }];
  const others = found.points.filter((point) => point.step !== step);
  const points = [...others, { step, value }].sort((a, b) => a.step - b.step);
  return series.with(at, { ...found, points });
}
