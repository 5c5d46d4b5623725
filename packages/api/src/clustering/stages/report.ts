import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { clusterName } from '../../charts/chart.ts';
import { DomainError } from '../../errors.ts';
import type { Json, Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { cellValue } from '../cell-value.ts';
import { CHARTS, stageParams } from '../clustering-params.ts';
import { readLabels } from '../labels-file.ts';
import { readTable } from '../read-table.ts';
import type { ClusterReport, ReportPicture } from '../report/cluster-report.ts';

const profiles = z.array(
  z.object({
    label: z.int(),
    size: z.int(),
    share: z.number(),
    words: z.string(),
    columns: z.array(
      z.object({
        kind: z.string(),
        name: z.string(),
        mean: z.number().nullish(),
        wholeMean: z.number().nullish(),
      }),
    ),
  }),
);
const metrics = z.record(
  z.string(),
  z.object({ title: z.string(), value: z.number().nullable(), definition: z.string() }),
);

/** Puts all of it into one Excel workbook. */
export const reportStage: Stage = {
  name: 'report',
  codeVersion: 5,
  inputs: [TABLE, 'labels.bin', 'profiles.json', 'summary.metrics', ...CHARTS.map((name) => `chart.${name}.png?`)],
  params: [
    'preprocessing',
    'feature_selection',
    'dimensionality_reduction',
    'clustering',
    'automatic_k',
    'default_columns',
    'column_groups',
  ],
  weight: 5,
  async run(context) {
    const file = join(context.scratch, 'report.xlsx');
    // As in visualization.ts.
    const { excelReport } = await import('../report/excel-report.ts');
    const report = await reportOf(context);
    const bytes = await excelReport(report);
    await writeFile(file, bytes);
    await context.output('report.xlsx', file);
    return { summary: { bytes: bytes.length, default_means: defaultMeans(report) } };
  },
};

async function reportOf(context: StageContext): Promise<ClusterReport> {
  const { columns } = await readTable(context);
  const { labels, index } = await readLabels(context);
  const clusters = profiles.parse(await context.json('profiles.json'));
  const measured = metrics.parse(await context.json('summary.metrics'));
  const { column_groups, default_columns } = stageParams(context);
  // What only names a row, such as its number, has no mean that says anything.
  const features =
    clusters[0]?.columns.filter(
      ({ kind, name }) =>
        kind === 'number' && (column_groups?.[name] !== null || (default_columns?.includes(name) ?? false)),
    ) ?? [];
  const names = features.map(({ name }) => name);
  return {
    title: 'Clusters',
    rows: labels.length,
    parameters: flat(context.params),
    metrics: Object.values(measured).map(({ title, value, definition }) => ({
      name: title,
      value: value ?? Number.NaN,
      definition,
    })),
    features: names,
    defaults: checkDefaults(default_columns ?? [], names),
    means: features.map(({ wholeMean }) => wholeMean ?? Number.NaN),
    deviations: features.map(({ name }) => deviation(columns.find((column) => column.name === name)?.values, index)),
    clusters: clusters.map(({ label, size, share, words, columns: own }) => ({
      label,
      size,
      share,
      name: clusterName(label),
      description: words,
      means: features.map(({ name }) => own.find((column) => column.name === name)?.mean ?? Number.NaN),
    })),
    columns: ['index', ...columns.map(({ name }) => name)],
    value(row, at) {
      return at === 0 ? index[row] : cellValue(columns[at - 1], index[row]);
    },
    cluster: (row) => labels[row],
    pictures: await pictures(context),
  };
}

/** Of each default parameter the mean of all rows, and those of the clusters. */
function defaultMeans({ defaults, features, means, clusters }: ClusterReport): Json {
  return defaults.map((name) => {
    const at = features.indexOf(name);
    return {
      name,
      mean: finite(means[at]),
      clusters: clusters.map(({ label, size, means: own }) => ({ label, rows: size, mean: finite(own[at]) })),
    };
  });
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** @throws DomainError INVALID_INPUT for one that is no column of numbers. */
function checkDefaults(wanted: readonly string[], features: readonly string[]): readonly string[] {
  const unknown = wanted.find((name) => !features.includes(name));
  if (unknown === undefined) return wanted;
  throw new DomainError('INVALID_INPUT', `default_columns: ${unknown} is no column of numbers of the data set`, {
    details: { field: 'default_columns', column: unknown },
  });
}

const PICTURE_TITLES: Readonly<Record<(typeof CHARTS)[number], string>> = {
  pca: 'Rows by their first two principal components',
  scatter: 'Rows by the first two columns that they were clustered by',
  map: 'Rows on the map',
  sizes: 'Rows of each cluster',
  means: 'What sets the clusters apart',
  distance_matrix: 'Distances between rows, by cluster',
  dendrogram: 'Dendrogram: which clusters were merged, and how far apart they were',
  tsne: 'Rows as t-SNE places them',
  umap: 'Rows as UMAP places them',
};

async function pictures(context: StageContext): Promise<ReportPicture[]> {
  const found = CHARTS.filter((name) => context.find(`chart.${name}.png`));
  return Promise.all(
    found.map(async (name) => ({
      title: PICTURE_TITLES[name],
      png: await readFile(await context.path(`chart.${name}.png`)),
      width: 750,
      height: 480,
    })),
  );
}

/** `clustering.params.n_clusters` and its value, for every parameter. */
function flat(params: Readonly<Record<string, Json>>, prefix = ''): [string, string][] {
  return Object.entries(params).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flat(value, `${prefix}${name}.`)
      : [[prefix + name, Array.isArray(value) ? value.join(', ') : String(value ?? '')]],
  );
}

function deviation(values: Float64Array | undefined, index: Int32Array): number {
  if (!values) return 0;
  const own = Float64Array.from(index, (row) => values[row]).filter((value) => !Number.isNaN(value));
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
}
