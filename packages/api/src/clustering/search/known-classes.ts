import { adjustedRand } from '@kindred/ml/cluster-metrics/agreement.ts';
import type { Table } from '@kindred/ml/preprocessing/table.ts';

/** Agreement of labels with the known classes of a column, rows without one left out; undefined where no column was named. */
export function againstClasses(
  { columns }: Table,
  name: string | null,
): (labels: Int32Array, rows?: Int32Array) => number | null {
  const column = columns.find((one) => one.name === name);
  if (!column) return () => null;
  const places = new Map<number, number>();
  const classes = Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return (labels, rows) => {
    const own = rows ? Int32Array.from(rows, (row) => classes[row]) : classes;
    const known = Int32Array.from(own.keys()).filter((row) => own[row] >= 0);
    if (known.length === 0) return null;
    return adjustedRand(
      Array.from(known, (row) => labels[row]),
      Array.from(known, (row) => own[row]),
    );
  };
}
