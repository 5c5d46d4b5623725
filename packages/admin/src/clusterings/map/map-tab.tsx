import { Skeleton } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { number } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { PointPlane } from '../charts/point-plane.tsx';
import type { View } from '../charts/window.ts';
import { useClusterName } from '../cluster-name.tsx';
import type { TabProps } from '../show/clustering-show.tsx';
import { ClusteringMapOf } from './map-documents.ts';
import { type ClusteringMap, PlaceNotes } from './place-notes.tsx';
import { degrees, placesOf, viewOfRow } from './places.ts';

const HEIGHT = 'min(64vh, 620px)';

/** Where the rows of each cluster are on the earth, over a net of degrees: tiles would have to come from somebody else. */
export default function MapTab({ job }: TabProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const nameOf = useClusterName();
  const ask = useAsk();
  const [goTo, setGoTo] = useState<View>();
  const { data, error, refetch } = useQuery<ClusteringMap, Failure>({
    queryKey: ['clustering-map', job.id],
    queryFn: async ({ signal }) => succeeded((await ask(ClusteringMapOf, { job: job.id }, { signal })).map),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const places = useMemo(() => (data === undefined ? undefined : placesOf(data.geojson)), [data]);
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!data || !places) return <Skeleton variant="rounded" height={HEIGHT} />;
  const title = translate('clusterings.tab.map');
  const tipOf = (at: number) => {
    const count = places.count[at] ?? 1;
    const what =
      count === 1
        ? (places.names[at] ?? '')
        : translate('clusterings.map.stores', { smart_count: count, count: number(count, locale) });
    return `${what}\n${nameOf(places.label[at] ?? -1)}\n${places.y[at]?.toFixed(4)}, ${places.x[at]?.toFixed(4)}`;
  };
  const sides = {
    x: [translate('clusterings.map.east'), translate('clusterings.map.west')],
    y: [translate('clusterings.map.north'), translate('clusterings.map.south')],
  } as const;
  return (
    <Panel title={title}>
      <PlaceNotes
        check={data.check}
        onMap={(row) => viewOfRow(places, row) !== undefined}
        onShow={(row) => setGoTo(viewOfRow(places, row))}
      />
      <PointPlane
        title={title}
        height={HEIGHT}
        names={{
          x: translate('clusterings.map.longitude'),
          y: translate('clusterings.map.latitude'),
          net: true,
          textOf: {
            x: (value, digits) => degrees(value, digits, sides.x),
            y: (value, digits) => degrees(value, digits, sides.y),
          },
        }}
        goTo={goTo}
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
