import { flatFromBytes, flatToBytes } from '@kindred/ml/flat-bytes.ts';
import { z } from 'zod';

const shape = z.object({
  title: z.string(),
  xName: z.string(),
  yName: z.string(),
  /** Place of each row. */
  x: z.instanceof(Float64Array),
  y: z.instanceof(Float64Array),
  /** -1 for noise. */
  labels: z.instanceof(Int32Array),
  /** Place in the data set. */
  index: z.instanceof(Int32Array),
});

type Stored = z.output<typeof shape>;

/** All points of a scatter chart, where its picture shows cells of many. Arrays may be on memory that threads share. */
export type PointMap = Omit<Stored, 'labels' | 'index'> & { readonly labels: Int32Array; readonly index: Int32Array };

const KIND = 'point-map';
const VERSION = 1;

/** Name of the artifact of a chart. */
export const pointsName = (chart: string): string => `points.${chart}.bin`;

export const pointMapBytes = ({ title, xName, yName, x, y, labels, index }: PointMap): Uint8Array =>
  flatToBytes(KIND, VERSION, { title, xName, yName, x, y, labels, index });

export const parsePointMap = (bytes: Uint8Array): PointMap => shape.parse(flatFromBytes(KIND, VERSION, bytes));
