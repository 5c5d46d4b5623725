import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterFolder, runStage, tableFolder } from '../../test/clustering-folder.ts';
import { payersCsv } from '../../test/payers-csv.ts';
import { parseLabels } from '../labels-file.ts';
import { CLUSTERING_METHODS } from '../methods.ts';
import { loadPipeline } from './fitted-pipeline.ts';
import { checkColumns, tableOfRows } from './given-rows.ts';
import { labelRowsStage } from './label-rows.ts';
import { type PipelineFacts, pipelineFacts } from './pipeline-facts.ts';

const CSV = payersCsv(240);
const BASE = { columns: ['income', 'debt', 'town', 'since'], label_column: 'kind' };
let folder: string;
beforeAll(() => {
  folder = tableFolder(CSV);
});
afterAll(() => rm(folder, { recursive: true }));

/** The rows of the CSV as a request would give them. */
const rowsOf = (csv: string) =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [income, debt, age, town, kind, active, since] = line.split(',');
      const [numbers, texts] = [
        { income: Number(income), debt: Number(debt) },
        { town, kind, since },
      ];
      return { ...numbers, age: age === '' ? null : Number(age), ...texts, active: active === 'Yes' };
    });

async function fitted(params: Record<string, unknown>) {
  const { context } = await clusterFolder(folder, { ...BASE, ...params });
  const read = async (name: string) => readFileSync(await context.path(name));
  return {
    pipeline: loadPipeline(await read('pipeline.model')),
    facts: pipelineFacts.parse(await context.json('pipeline.json')),
    ...parseLabels(await read('labels.bin')),
  };
}

describe('a fitted pipeline', () => {
  it.each([
    {},
    { dimensionality_reduction: { method: 'pca', params: { n_components: 2 } } },
    { dimensionality_reduction: { method: 'autoencoder', params: { encoding_dim: 2, epochs: 20 } } },
    { feature_selection: { method: 'variance_threshold', params: { threshold: 0.01 } } },
    { feature_selection: { method: 'pca', params: { n_components: 3 } } },
  ])('gives fitted rows their own labels where the method promises it: %j', async (steps) => {
    for (const clustering of [
      { method: 'kmeans', params: { n_clusters: 3 } },
      { method: 'gmm', params: { n_components: 3 } },
    ]) {
      const { pipeline, facts, labels, index } = await fitted({ ...steps, clustering });
      const rows = rowsOf(CSV);
      const given = tableOfRows(
        Array.from(index, (row) => rows[row]),
        facts.columns,
      );
      const placed = pipeline.place(given, {});
      expect(placed.labels).toEqual(labels);
      expect(new Set(labels).size).toBe(3);
      expect(facts.own).toEqual({ share: 1, rows: labels.length });
      expect(facts.placing.natural).toBe(true);
    }
  });

  it.each(CLUSTERING_METHODS.map(({ name }) => name))('of %s tells how far its rule can be trusted', async (name) => {
    const { facts, labels } = await fitted({
      preprocessing: { scale: 'standardScaler' },
      columns: ['income', 'debt'],
      clustering: { method: name, params: {} },
    });
    expect(labels.length).toBeGreaterThan(200);
    expect(facts.own?.rows).toBe(labels.length);
    // OPTICS leaves rows out of its valleys that lie among those of a cluster.
    expect(facts.own?.share).toBeGreaterThan(name === 'optics' ? 0.7 : 0.9);
  });

  it('is saved with t-SNE too, and says that it can place nothing and what could', async () => {
    const { pipeline, facts } = await fitted({ dimensionality_reduction: { method: 'tsne', params: {} } });
    expect(facts).toMatchObject({ own: null, refusal: expect.stringContaining('choose pca') });
    expect(pipeline.refusal).toBe(facts.refusal);
  });
});

describe('rows that are given', () => {
  let facts: PipelineFacts;
  beforeAll(async () => {
    facts = (await fitted({})).facts;
  });
  const [row] = rowsOf(CSV);

  it.each([
    ['a column that is not known', { ...row, incom: 1 }, /Row 0 has a column "incom"/],
    ['a used column that is absent', { income: 1, town: 'Omsk', since: '2021-03-10' }, /Row 0 lacks the column "debt"/],
    ['a text for a number', { ...row, income: '12' }, /"12" in the column "income", which takes a number/],
    ['a number for a text', { ...row, town: 3 }, /3 in the column "town", which takes a text/],
    ['a date that is none', { ...row, since: 'spring' }, /"spring" in the column "since", which takes a date/],
    ['a boolean in words', { ...row, active: 'yes' }, /"yes" in the column "active", which takes true or false/],
    ['no object', [1, 2], /Row 0 is no object/],
  ])('are refused with %s', (_what, wrong, message) => {
    expect(() => tableOfRows([wrong], facts.columns)).toThrow(message);
  });

  it('may lack columns that are not used, and values', () => {
    const table = tableOfRows([{ income: null, debt: 5, town: ' NA ', since: '10.03.2021' }], facts.columns);
    const values = Object.fromEntries(table.columns.map(({ name, values: [value] }) => [name, value]));
    expect(values).toMatchObject({ income: Number.NaN, debt: 5, town: Number.NaN, since: Date.UTC(2021, 2, 10) });
  });

  it('of a data set are held to names and types of columns', () => {
    const types = facts.columns.map(({ name, type }) => ({ name, type }));
    const changed = (name: string, type: 'text' | 'number' | 'empty') =>
      types.map((column) => (column.name === name ? { name, type } : column));
    expect(() => checkColumns(types, facts.columns)).not.toThrow();
    expect(() => checkColumns(changed('debt', 'empty'), facts.columns)).not.toThrow();
    expect(() => checkColumns(changed('age', 'text'), facts.columns)).not.toThrow();
    expect(() => checkColumns(changed('debt', 'text'), facts.columns)).toThrow(/"debt".* of type text; .* on number/);
    expect(() => checkColumns(types.slice(1), facts.columns)).toThrow(/lacks the column "income"/);
    expect(() => checkColumns([...types, { name: 'more', type: 'number' }], facts.columns)).toThrow(/"more"/);
  });
});

it('labels a data set, also one whose columns are empty', async () => {
  const params = { preprocessing: { outlier_action: 'keep' }, clustering: { method: 'kmeans', params: {} } };
  await fitted(params);
  const labelled = async () => {
    const { context, summary } = await runStage(folder, labelRowsStage, {});
    return {
      summary,
      lines: readFileSync(await context.path('labelled.csv'), 'utf8')
        .trim()
        .split('\n'),
    };
  };
  const { summary, lines } = await labelled();
  const result = readFileSync(`${folder}/result.csv`, 'utf8').trim().split('\n');
  expect(lines[0]).toBe(`${result[0]},distance`);
  expect(lines.map((line) => line.slice(0, line.lastIndexOf(',')))).toEqual(result);
  expect(summary).toMatchObject({ rows: 240, placing: { natural: true } });

  const empty = tableFolder('income,debt,age,town,kind,active,since\n20,,1,Omsk,,,\n90,,2,Tula,,,\n');
  const { copyFileSync } = await import('node:fs');
  copyFileSync(`${empty}/table.bin`, `${folder}/table.bin`);
  expect((await labelled()).lines).toHaveLength(3);
  await rm(empty, { recursive: true });
});
