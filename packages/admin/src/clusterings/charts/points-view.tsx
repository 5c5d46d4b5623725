import { Skeleton } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { number } from '../../display/numbers.ts';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Result } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { useClusterName } from '../cluster-name.tsx';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { PointPlane } from './point-plane.tsx';
import { ClusteringPoints } from './points-documents.ts';
import { type View, widened } from './window.ts';

type PointWindow = Extract<Result<typeof ClusteringPoints>['points'], { readonly __typename: 'PointWindow' }>;

const MARKS = 4000;
/** Asked for around what is seen, so that a short move needs nothing new. */
const AROUND = 0.25;
/** What is missing is asked for when the hand rests. */
const REST_MS = 70;

export interface PointsViewProps {
  readonly job: ClusteringDetails;
  readonly chart: string;
  readonly title: string;
  readonly height: number | string;
}

/** A scatter chart of any number of points: the service puts together what is seen. */
export function PointsView({ job, chart, title, height }: PointsViewProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const nameOf = useClusterName();
  const ask = useAsk();
  const [view, setView] = useState<View>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const { data, error, refetch } = useQuery<PointWindow, Failure>({
    queryKey: ['clustering-points', job.id, chart, view],
    queryFn: async ({ signal }) => {
      const { x, y } = view ? widened(view, AROUND) : { x: null, y: null };
      const variables = { job: job.id, chart, marks: MARKS, x: x && [...x], y: y && [...y] };
      return succeeded((await ask(ClusteringPoints, variables, { signal })).points);
    },
    placeholderData: keepPreviousData,
    // A window is seldom seen again.
    gcTime: 10_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={height} />;
  const whole = { x: rangeOf(data.whole.x), y: rangeOf(data.whole.y) };
  const tipOf = (at: number) => {
    const place = [data.x[at], data.y[at]].map((value) => value?.toPrecision(5)).join(', ');
    const cluster = nameOf(data.label[at] ?? -1);
    const key = data.exact ? 'clusterings.points.row' : 'clusterings.points.rows';
    const count = number(data.count[at] ?? 0, locale);
    return `${translate(key, { row: data.index?.[at] ?? '', count, cluster })}\n${place}`;
  };
  return (
    <PointPlane
      title={title}
      height={height}
      names={{ x: data.xName, y: data.yName }}
      whole={whole}
      marks={data}
      clusters={data.clusters}
      tipOf={tipOf}
      onView={(wanted) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setView(wanted), REST_MS);
      }}
      note={translate(data.exact ? 'clusterings.points.exact' : 'clusterings.points.together', {
        points: number(data.points, locale),
        marks: number(data.x.length, locale),
      })}
    />
  );
}

function rangeOf([from = 0, to = 1]: readonly number[]): readonly [number, number] {
  return [from, to];
}
