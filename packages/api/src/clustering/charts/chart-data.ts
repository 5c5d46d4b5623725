import type { z } from 'zod';
import type { ChartOption } from '../../charts/chart.ts';
import type { StageContext } from '../../pipelines/stage.ts';
import type { clusteringParams } from '../clustering-params.ts';
import type { PointMap } from '../point-map/point-file.ts';
import type { RowMatrix } from '../row-matrix.ts';

export interface ChartData {
  /** All features, scaled. */
  readonly preprocessed: RowMatrix;
  /** What was clustered. */
  readonly reduced: RowMatrix;
  readonly labels: Int32Array;
}

/** A chart, with the points that it is made of where there are more than it shows; or why there is none of this clustering. */
export type MadeChart = { readonly option: ChartOption; readonly points?: PointMap } | { readonly why: string };

export type ChartMaker = (
  data: ChartData,
  params: z.output<typeof clusteringParams>['visualization'],
  context: StageContext,
) => Promise<MadeChart> | MadeChart;
