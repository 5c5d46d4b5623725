import { readFile } from 'node:fs/promises';
import { agglomerative } from '@kindred/ml/clustering/agglomerative.ts';
import { cutByHeight, type MergeTree, truncateTree } from '@kindred/ml/clustering/merge-tree.ts';
import { wardTree } from '@kindred/ml/clustering/ward-tree.ts';
import { takeRows } from '@kindred/ml/matrix.ts';
import { loadModel } from '@kindred/ml/registry.ts';
import { z } from 'zod';
import { dendrogramChart } from '../../charts/dendrogram-chart.ts';
import type { StageContext } from '../../pipelines/stage.ts';
import { stageParams } from '../clustering-params.ts';
import { cutHeight } from '../cut-height.ts';
import { fitContext } from '../fit-context.ts';
import { sizesOf } from '../labels-file.ts';
import { sampleRows } from '../sample-rows.ts';
import type { ChartMaker } from './chart-data.ts';

const shape = z.object({ children: z.instanceof(Int32Array), heights: z.instanceof(Float64Array) });

/** The tree of an agglomerative clustering; of another one, that of Ward's method on its rows, or a sample of them. */
export const dendrogram: ChartMaker = async ({ reduced, labels }, { tree_leaves, most_rows }, context) => {
  if (reduced.rows < 3) return { why: 'there are too few rows' };
  const own = await ownTree(context);
  const rows = sampleRows(reduced.rows, most_rows, context.seed);
  await using fit = fitContext(context, 'dendrogram');
  const tree = own ?? wardTree(takeRows(reduced, rows), { ...(fit.threads ? { threads: fit.threads } : {}) });
  const clusters = [...sizesOf(labels).keys()].filter((label) => label >= 0).length;
  const shown = truncateTree(tree, tree_leaves);
  const height = cutHeight(tree, clusters);
  const cut = cutByHeight(shown.tree, height);
  const by = own
    ? ''
    : rows.length < reduced.rows
      ? ` by Ward's method, ${rows.length} of ${reduced.rows} rows`
      : " by Ward's method";
  return {
    option: dendrogramChart(
      { counts: shown.counts, children: shown.tree.children, heights: shown.tree.heights },
      `Dendrogram${by}`,
      { height, labels: cut },
    ),
  };
};

async function ownTree(context: StageContext): Promise<MergeTree | undefined> {
  if (stageParams(context).clustering.method !== agglomerative.name) return undefined;
  return shape.parse(loadModel(agglomerative, await readFile(await context.path('clusterer.model'))));
}
