/** Evidently's identity of a metric: the MD5 of its class and of those of its settings that differ from the defaults. */
import { md5 } from '../../../dvc/md5.ts';

type Setting = string | number | readonly (readonly [string, Setting])[];

/** A float as Python prints it: `1.0`, `1e-05`. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no setting`);
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e16)) {
    const [digits, exponent] = value.toExponential().split('e');
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** As Python prints tuples of texts and floats; texts are names of ours, without quotes or backslashes. */
function pythonText(value: Setting): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return pythonFloat(value);
  const items = value.map(([name, setting]) => `('${name}', ${pythonText(setting)})`);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

const byName = (a: readonly [string, Setting], b: readonly [string, Setting]) => (a[0] < b[0] ? -1 : 1);

const idOf = (name: string, settings: readonly (readonly [string, Setting])[]) =>
  md5(`evidently.metrics.column_statistics.${name}${pythonText([...settings].sort(byName))}`);

/** Of the metric `ValueDrift`. */
export function valueDriftId(column: string, method: string | undefined, threshold: number | undefined): string {
  return idOf('ValueDrift', [
    ['column', column],
    ...(method === undefined ? [] : [['method', method] as const]),
    ...(threshold === undefined ? [] : [['threshold', threshold] as const]),
  ]);
}

/** Of the metric `DriftedColumnsCount`, with the tests and thresholds of columns that were chosen. */
export function driftedColumnsId(
  methods: Readonly<Record<string, string>>,
  thresholds: Readonly<Record<string, number>>,
): string {
  const settings = [
    ['per_column_method', Object.entries(methods).sort(byName)],
    ['per_column_threshold', Object.entries(thresholds).sort(byName)],
  ] as const;
  return idOf(
    'DriftedColumnsCount',
    settings.filter(([, entries]) => entries.length > 0),
  );
}
