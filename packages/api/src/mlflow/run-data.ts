/** What is logged to a run, cut to what MLflow takes: lengths, characters, and so many values in one call. */

/** One value of a metric. */
export interface Point {
  readonly key: string;
  readonly value: number;
  readonly step: number;
  readonly at: Date;
}

export interface RunData {
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly metrics?: readonly Point[];
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

interface MetricEntry {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface Batch {
  readonly params: readonly Entry[];
  readonly tags: readonly Entry[];
  readonly metrics: readonly MetricEntry[];
}

const MOST_PARAMS = 100;
const MOST_TAGS = 100;
const MOST_METRICS = 800;
const LONGEST_KEY = 250;
const LONGEST_PARAM = 6000;
const LONGEST_TAG = 5000;

/** Never empty, so that a run without anything is looked at all the same. */
export function inBatches({ params = {}, tags = {}, metrics = [] }: RunData): Batch[] {
  const all = {
    params: entries(params, LONGEST_PARAM),
    tags: entries(tags, LONGEST_TAG),
    metrics: metrics.map(metricEntry),
  };
  const count = Math.max(
    1,
    Math.ceil(all.params.length / MOST_PARAMS),
    Math.ceil(all.tags.length / MOST_TAGS),
    Math.ceil(all.metrics.length / MOST_METRICS),
  );
  return Array.from({ length: count }, (_, at) => ({
    params: all.params.slice(at * MOST_PARAMS, (at + 1) * MOST_PARAMS),
    tags: all.tags.slice(at * MOST_TAGS, (at + 1) * MOST_TAGS),
    metrics: all.metrics.slice(at * MOST_METRICS, (at + 1) * MOST_METRICS),
  }));
}

function entries(values: Readonly<Record<string, string>>, longest: number): Entry[] {
  return Object.entries(values).map(([key, value]) => ({ key: keyOf(key), value: value.slice(0, longest) }));
}

function metricEntry({ key, value, step, at }: Point): MetricEntry {
  return { key: keyOf(key), value, timestamp: at.getTime(), step };
}

/** MLflow's alphabet of keys. */
function keyOf(key: string): string {
  return key.replace(/[^\w.\-/ ]/g, '_').slice(0, LONGEST_KEY);
}
