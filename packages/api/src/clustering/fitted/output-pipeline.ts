import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FitContext } from '@kindred/ml/estimator.ts';
import { flatFromBytes } from '@kindred/ml/flat-bytes.ts';
import { PREPROCESS_VERSION, preprocessModel } from '@kindred/ml/preprocessing/preprocess-model.ts';
import { saveModel } from '@kindred/ml/registry.ts';
import { z } from 'zod';
import type { StageContext } from '../../pipelines/stage.ts';
import type { CLUSTERING_METHODS } from '../methods.ts';
import { type TypedTable, takeTableRows } from '../read-table.ts';
import { sampleRows } from '../sample-rows.ts';
import { loadPipeline, PIPELINE_MODEL, savePipeline } from './fitted-pipeline.ts';
import { PIPELINE_FACTS, type PipelineFacts } from './pipeline-facts.ts';

/** Fitted rows that are placed again as new ones, to tell how far their labels can be trusted: some seconds at the most. */
const PLACED_AGAIN = 1000;

const step = z.object({ method: z.string(), columns: z.array(z.string()) });

/** What `outputPipeline` reads of the stages before. */
export const PIPELINE_INPUTS = [
  'preprocess.model',
  'selected.model?',
  'reduced.model?',
  'summary.feature_selection',
  'summary.dimensionality_reduction',
] as const;

/** Writes the whole fitted pipeline, and what is to be known of it. */
export async function outputPipeline(
  context: StageContext,
  method: (typeof CLUSTERING_METHODS)[number],
  model: object,
  table: TypedTable,
  { labels, index }: { readonly labels: Int32Array; readonly index: Int32Array },
  fit: FitContext,
): Promise<PipelineFacts> {
  const preprocess = await bytesOf(context, 'preprocess.model');
  const { numbers, texts, outputs } = preprocessModel.parse(
    flatFromBytes('preprocess', PREPROCESS_VERSION, preprocess),
  );
  const selection = step.parse(await context.json('summary.feature_selection'));
  const reduction = step.parse(await context.json('summary.dimensionality_reduction'));
  const bytes = savePipeline({
    preprocess,
    selection: selection.method,
    selected: Int32Array.from(selection.columns, (name) => outputs.indexOf(name)),
    selectionModel: await bytesOf(context, 'selected.model'),
    reduction: reduction.method,
    reductionModel: await bytesOf(context, 'reduced.model'),
    clustering: method.name,
    clusteringModel: saveModel(method, model),
  });
  const file = join(context.scratch, PIPELINE_MODEL);
  await writeFile(file, bytes);
  await context.output(PIPELINE_MODEL, file);
  const pipeline = loadPipeline(bytes);
  const asked = sampleRows(labels.length, PLACED_AGAIN, context.seed);
  const missing = [...numbers, ...texts].filter((name) => !table.types.some((column) => column.name === name));
  const refusal = pipeline.refusal ?? (missing.length > 0 ? madeOfAllRows(missing) : undefined);
  let same = 0;
  if (refusal === undefined) {
    const again = pipeline.place(
      takeTableRows(
        table,
        asked.map((row) => index[row]),
      ),
      fit,
    );
    asked.forEach((row, at) => {
      if (again.labels[at] === labels[row]) same++;
    });
  }
  const used = new Set([...numbers, ...texts]);
  const facts: PipelineFacts = {
    columns: table.types.map(({ name, type }) => ({ name, type, used: used.has(name) })),
    selection: selection.method,
    reduction: reduction.method,
    clustering: method.name,
    placing: { ...method.placing },
    refusal: refusal ?? null,
    own: refusal === undefined ? { share: same / asked.length, rows: asked.length } : null,
  };
  await context.outputJson(PIPELINE_FACTS, facts);
  return facts;
}

const madeOfAllRows = (columns: readonly string[]) =>
  `The columns ${columns.join(', ')} are made of where all rows of the data set lie, so that a new row alone has none. Cluster without \`geo\`.`;

async function bytesOf(context: StageContext, name: string): Promise<Uint8Array> {
  // A Buffer is saved under a name of its own, which nothing reads back.
  return new Uint8Array(context.find(name) ? await readFile(await context.path(name)) : []);
}
