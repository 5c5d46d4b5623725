/** What a window of a scatter chart shows: the interactive page asks for one after the other as somebody zooms and moves. */
import { clusterColour, clusterName } from '../../charts/chart.ts';
import { type PointCells, pointCells, type Window, windowOf } from '../../charts/point-cells.ts';
import type { Core } from '../../core.ts';
import { DomainError } from '../../errors.ts';
import { clusteringFile } from '../clustering.operations.ts';
import { parsedFile } from '../parsed-files.ts';
import { parsePointMap, pointsName } from './point-file.ts';

export interface PointWindow {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  /** That holds all points. */
  readonly whole: Window;
  readonly clusters: readonly {
    readonly label: number;
    readonly name: string;
    readonly color: string;
    readonly rows: number;
  }[];
  readonly shown: PointCells;
  /** Of a cell that is one point alone: its place in the data set. */
  readonly index: (at: number) => number;
}

/** Marks: enough for a screen, few enough to draw sixty times a second. */
export const MARKS = { usual: 2500, most: 10_000 } as const;

/**
 * @param window the part to show; what is not given is that of all points.
 * @throws DomainError NOT_FOUND without such a job; ARTIFACT_MISSING without such a chart of it; INVALID_INPUT
 */
export async function pointWindow(
  core: Core,
  jobId: string,
  chart: string,
  { x, y, marks = MARKS.usual }: { x?: readonly [number, number]; y?: readonly [number, number]; marks?: number },
): Promise<PointWindow> {
  if (marks < 1 || marks > MARKS.most) throw wrong('marks', `must be 1 to ${MARKS.most}`);
  for (const [field, range] of [
    ['x', x],
    ['y', y],
  ] as const) {
    if (range && !(Number.isFinite(range[0]) && range[1] > range[0] && Number.isFinite(range[1] - range[0]))) {
      throw wrong(field, 'must go from a smaller number to a larger one');
    }
  }
  const { objectKey } = await clusteringFile(core, jobId, pointsName(chart));
  const points = await parsedFile(core, objectKey, parsePointMap);
  const whole = windowOf(points);
  return {
    title: points.title,
    xName: points.xName,
    yName: points.yName,
    whole,
    clusters: clustersOf(points.labels),
    shown: pointCells(points, marks, { x: x ?? whole.x, y: y ?? whole.y }),
    index: (at) => points.index[at],
  };
}

function clustersOf(labels: Int32Array): PointWindow['clusters'] {
  const rows = new Map<number, number>();
  for (const label of labels) rows.set(label, (rows.get(label) ?? 0) + 1);
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([label, count]) => ({ label, name: clusterName(label), color: clusterColour(label), rows: count }));
}

const wrong = (field: string, what: string) =>
  new DomainError('INVALID_INPUT', `${field} ${what}`, { details: { field } });
