/**
 * `evidently.json`: the comparison as a snapshot that Evidently 0.7 loads (`Snapshot.load`), with the same metrics, identities,
 * values and tests as its own report with `DataDriftPreset` on the same columns. Its time is the version's last day.
 */
import type { Json } from '../../../pipelines/stage.ts';
import type { ComparedColumn, DriftPage } from './drift-report.ts';
import { DRIFT_SHARE, type DriftScore, hasScore } from './drift-scores.ts';
import { driftedColumnsId, valueDriftId } from './evidently-ids.ts';
import { counters, distributionGraph, type TestLine, testWidgets } from './evidently-widgets.ts';

type ScoredColumn = ComparedColumn & { readonly scored: DriftScore };

const RESULT = 'evidently:metric_result_v2:';
const UNNAMED_TEST = { is_critical: true, alias: null, label_filters: null };

interface MetricConfig {
  readonly metric_id: string;
  readonly params: { readonly [key: string]: Json };
}

function testResult(id: string, line: TestLine, config: MetricConfig, test: Json, bound: { [key: string]: Json }) {
  return { id, ...line, metric_config: config, test_config: test, bound_test: bound };
}

function valueDrift(column: ScoredColumn) {
  const { name, scored } = column;
  const { test, chosen, threshold, score, drifted } = scored;
  const id = valueDriftId(name, chosen?.method, chosen?.threshold);
  const params = {
    type: 'evidently:metric_v2:ValueDrift',
    column: name,
    method: chosen?.method ?? test.title,
    threshold,
  };
  const config = { metric_id: id, params };
  const found = drifted ? 'detected' : 'not detected';
  const label = `Data drift ${found}. Drift detection method: ${test.title}. Drift score: ${Number(score.toFixed(3))}`;
  const line: TestLine = {
    name: `Value Drift for column ${name}`,
    description: `Drift score is ${score.toFixed(2)}. The drift detection method is ${test.title}. The drift threshold is ${threshold.toFixed(2)}.`,
    status: drifted ? 'FAIL' : 'SUCCESS',
  };
  const bound = {
    type: 'evidently:bound_test:ValueDriftBoundTest',
    test: { type: 'evidently:test_v2:ValueDriftTest', ...UNNAMED_TEST },
    metric_fingerprint: id,
  };
  const result = {
    type: `${RESULT}SingleValue`,
    display_name: `Value drift for ${name}`,
    metric_value_location: { metric: config, param: {} },
    widget: [
      counters(`${id}-score`, '', [{ value: `Drift in column '${name}'`, label }], id),
      distributionGraph(`${id}-distribution`, column, id),
    ],
    tests: [testResult('drift', line, config, {}, bound)],
    value: score,
  };
  return { id, result, line };
}

function driftedColumns(columns: readonly ScoredColumn[], drifted: number) {
  const chosen = columns.flatMap(({ name, scored }) => (scored.chosen ? [{ name, ...scored.chosen }] : []));
  const methods = Object.fromEntries(chosen.map(({ name, method }) => [name, method]));
  const thresholds = Object.fromEntries(
    chosen.flatMap(({ name, threshold }) => (threshold === undefined ? [] : [[name, threshold] as const])),
  );
  const id = driftedColumnsId(methods, thresholds);
  const config = {
    metric_id: id,
    params: {
      type: 'evidently:metric_v2:DriftedColumnsCount',
      drift_share: DRIFT_SHARE,
      ...(Object.keys(methods).length > 0 ? { per_column_method: methods } : {}),
      ...(Object.keys(thresholds).length > 0 ? { per_column_threshold: thresholds } : {}),
    },
  };
  const share = drifted / Math.max(1, columns.length);
  const below = share < DRIFT_SHARE;
  const limit = DRIFT_SHARE.toFixed(3);
  const line: TestLine = {
    name: `Share of Drifted Columns: Less ${limit}`,
    description: `Share of Drifted Columns: Actual value ${share.toFixed(3)} ${below ? '<' : '>='} ${limit}`,
    status: below ? 'SUCCESS' : 'FAIL',
  };
  const test = { type: 'evidently:test_v2:LessThanMetricTest', ...UNNAMED_TEST, threshold: DRIFT_SHARE };
  const bound = { type: 'evidently:bound_test:CountBoundTest', test, metric_fingerprint: id, is_count: false };
  const single = (name: string, kind: string, value: number) => ({
    type: `${RESULT}SingleValue`,
    display_name: name,
    metric_value_location: { metric: config, param: { value_type: kind } },
    widget: null,
    tests: [],
    value,
  });
  const title = 'Count of Drifted Columns';
  const result = {
    type: `${RESULT}CountValue`,
    display_name: title,
    metric_value_location: { metric: config, param: {} },
    widget: [
      counters(`${id}-count`, `${title}: count`, [{ value: String(drifted), label: '' }], id, true),
      counters(`${id}-share`, `${title}: share`, [{ value: share.toFixed(2), label: '' }], id, true),
    ],
    tests: [testResult('lt', line, config, test, bound)],
    count: single(title, 'count', drifted),
    share: single('Share of Drifted Columns', 'share', share),
  };
  return { id, result, line };
}

/** Columns whose test is not defined for them are left out; without a reference there are no metrics at all. */
export function evidentlySnapshot(page: DriftPage): { [key: string]: Json } {
  const scored = page.columns.filter((column): column is ScoredColumn => hasScore(column.scored));
  // Evidently takes numerical columns before categorical ones.
  const ordered = (['num', 'cat'] as const).flatMap((type) => scored.filter((column) => column.type === type));
  const metrics = ordered.length > 0 ? [driftedColumns(ordered, page.drifted), ...ordered.map(valueDrift)] : [];
  const tests = metrics.map(({ line }) => line);
  const snapshot = {
    report: { items: [] },
    name: `Drift of ${page.version}`,
    timestamp: `${page.last}T00:00:00`,
    metadata: {
      version: page.version,
      ...(page.reference ? { reference_version: page.reference.version } : {}),
    },
    tags: ['kindred'],
    metric_results: Object.fromEntries(metrics.map(({ id, result }) => [id, result])),
    top_level_metrics: metrics.map(({ id }) => id),
    widgets: metrics.flatMap(({ result }) => result.widget),
    tests_widgets: tests.length > 0 ? testWidgets(tests) : [],
  };
  return snapshot as unknown as { [key: string]: Json };
}
