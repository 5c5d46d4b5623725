import { Skeleton } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { number } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { PointPlane } from '../charts/point-plane.tsx';
import { useClusterName } from '../cluster-name.tsx';
import type { TabProps } from '../show/clustering-show.tsx';
import { ClusteringMapOf } from './map-documents.ts';
import { placesOf } from './places.ts';

const HEIGHT = 'min(64vh, 620px)';

/** Where the rows of each cluster are on the earth, without a background. */
export default function MapTab({ job }: TabProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const nameOf = useClusterName();
  const ask = useAsk();
  const { data, error, refetch } = useQuery<unknown, Failure>({
    queryKey: ['clustering-map', job.id],
    queryFn: async ({ signal }) => succeeded((await ask(ClusteringMapOf, { job: job.id }, { signal })).map).geojson,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const places = useMemo(() => (data === undefined ? undefined : placesOf(data)), [data]);
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!places) return <Skeleton variant="rounded" height={HEIGHT} />;
  const title = translate('clusterings.tab.map');
  const tipOf = (at: number) => {
    const count = places.count[at] ?? 1;
    const what =
      count === 1
        ? (places.names[at] ?? '')
        : translate('clusterings.map.stores', { smart_count: count, count: number(count, locale) });
    return `${what}\n${nameOf(places.label[at] ?? -1)}\n${places.y[at]?.toFixed(4)}, ${places.x[at]?.toFixed(4)}`;
  };
  return (
    <Panel title={title}>
      <PointPlane
        title={title}
        height={HEIGHT}
        names={{ x: translate('clusterings.map.longitude'), y: translate('clusterings.map.latitude') }}
        whole={places.whole}
        marks={places}
        clusters={places.clusters}
        tipOf={tipOf}
        note={translate(places.exact ? 'clusterings.map.exact' : 'clusterings.map.together', {
          marks: number(places.x.length, locale),
        })}
      />
    </Panel>
  );
}
