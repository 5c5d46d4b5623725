import { Skeleton } from '@mui/material';
import { lazy, Suspense } from 'react';

const View = lazy(() => import('./server-chart-view.tsx'));

export interface ServerChartProps {
  /** ECharts', as the service made it. */
  readonly option: unknown;
  readonly title: string;
  readonly height: number | string;
}

/** A chart whose option is the service's own; its library comes when the first one is shown. */
export function ServerChart(props: ServerChartProps) {
  return (
    <Suspense fallback={<Skeleton variant="rounded" height={props.height} />}>
      <View {...props} />
    </Suspense>
  );
}
