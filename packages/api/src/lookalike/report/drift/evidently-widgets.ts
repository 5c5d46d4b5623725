/** The parts of a page in Evidently's terms, from which its own tools draw a snapshot. */
import type { Json } from '../../../pipelines/stage.ts';
import type { ComparedColumn } from './drift-report.ts';

const HALF = 1;
const FULL = 2;

function widget(id: string, type: string, size: number, title: string, params: Json, metric?: string) {
  return {
    type,
    title,
    size,
    id,
    details: '',
    alertsPosition: null,
    alertStats: null,
    params,
    insights: [],
    additionalGraphs: [],
    alerts: [],
    tabs: [],
    widgets: [],
    pageSize: 5,
    source_fingerprint: null,
    linked_metrics: metric === undefined ? null : [metric],
  };
}

interface Counter {
  readonly value: string;
  readonly label: string;
  [key: string]: Json;
}

/** Large figures with what they are beneath. @param half as wide as half of the page */
export const counters = (id: string, title: string, values: Counter[], metric?: string, half = false) =>
  widget(id, 'counter', half ? HALF : FULL, title, { counters: values }, metric);

/** Bars of the rows of both versions by value, in Plotly's terms. */
export function distributionGraph(id: string, { type, labels, reference, current }: ComparedColumn, metric: string) {
  const x = type === 'num' ? labels.map(Number) : [...labels];
  const trace = (name: string, color: string, counts: Float64Array | undefined) => ({
    type: 'bar',
    name,
    marker: { color },
    x,
    y: Array.from(counts ?? []),
  });
  const data = [trace('current', '#ed0400', current), trace('reference', '#4d4d4d', reference)];
  return widget(id, 'big_graph', FULL, '', { data, layout: { yaxis: { title: { text: 'Count' } } } }, metric);
}

export interface TestLine {
  readonly name: string;
  readonly description: string;
  readonly status: 'SUCCESS' | 'FAIL';
}

/** How many tests came to what, and each of them. */
export function testWidgets(tests: readonly TestLine[]) {
  const count = (status: string) => String(tests.filter((test) => test.status === status).length);
  const statuses = ['SUCCESS', 'WARNING', 'FAIL', 'ERROR'].map((label) => ({ value: count(label), label }));
  const lines = tests.map(({ name, description, status }) => ({
    title: name,
    description,
    state: status.toLowerCase(),
    groups: [],
  }));
  return [
    widget('tests-counts', 'counter', FULL, '', { counters: statuses, v2_test: true }),
    widget('tests', 'test_suite', FULL, '', { v2_test: true, tests: lines }),
  ];
}
