/** Cuts of a finished job's tree, without running it again. */
import { agglomerative } from '@kindred/ml/clustering/agglomerative.ts';
import { cutByCount, type MergeTree, truncateTree } from '@kindred/ml/clustering/merge-tree.ts';
import { loadModel } from '@kindred/ml/registry.ts';
import { z } from 'zod';
import type { ChartOption } from '../charts/chart.ts';
import { dendrogramChart } from '../charts/dendrogram-chart.ts';
import type { Core } from '../core.ts';
import { DomainError } from '../errors.ts';
import type { Job } from '../jobs/job.entity.ts';
import { rerunJob } from '../jobs/job.operations.ts';
import { clusteringFile, clusteringJob } from './clustering.operations.ts';
import { type ClusteringParams, clusteringParams } from './clustering-params.ts';
import { cutHeight, heightsOf } from './cut-height.ts';
import { parsedFile } from './parsed-files.ts';

export interface CutRequest {
  /** One of the two: where to cut, or how many clusters to leave. */
  readonly height?: number | undefined;
  readonly clusters?: number | undefined;
  /** Branches to show at the most. */
  readonly leaves?: number | undefined;
}

export interface DendrogramCut {
  readonly clusters: number;
  readonly height: number;
  /** Every cut between these leaves as many clusters. */
  readonly from: number;
  readonly to: number;
  /** Rows of each cluster, by the labels that a job of this cut gives them. */
  readonly sizes: readonly number[];
  /** The upper part of the tree: rows of each branch, its cluster, and the merges above. */
  readonly counts: readonly number[];
  readonly labels: readonly number[];
  readonly children: readonly number[];
  readonly heights: readonly number[];
  readonly chart: ChartOption;
}

const USUAL_LEAVES = 30;
const MOST_LEAVES = 200;

const treeShape = z.object({ children: z.instanceof(Int32Array), heights: z.instanceof(Float64Array) });

/**
 * What a cut would leave.
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING before the job's clustering; INVALID_STATE for another method; INVALID_INPUT for a cut
 *   that cannot be.
 */
export async function dendrogramCut(core: Core, jobId: string, request: CutRequest): Promise<DendrogramCut> {
  await agglomerativeParams(core, jobId);
  const tree = await treeOf(core, jobId);
  const clusters = countOf(tree, request);
  const labels = cutByCount(tree, clusters);
  const sizes = new Array<number>(clusters).fill(0);
  for (const label of labels) sizes[label]++;
  const height = request.height ?? cutHeight(tree, clusters);
  const [from, to] = heightsOf(tree, clusters);
  const leaves = Math.min(MOST_LEAVES, Math.max(request.leaves ?? USUAL_LEAVES, clusters));
  const shown = truncateTree(tree, leaves);
  const leafLabels = new Int32Array(shown.counts.length);
  for (let row = labels.length - 1; row >= 0; row--) leafLabels[shown.leafOfRow[row]] = labels[row];
  const { children, heights } = shown.tree;
  return {
    clusters,
    height,
    from,
    to,
    sizes,
    counts: [...shown.counts],
    labels: [...leafLabels],
    children: [...children],
    heights: [...heights],
    chart: dendrogramChart(
      { counts: shown.counts, children, heights },
      `Dendrogram cut into ${clusters} ${clusters === 1 ? 'cluster' : 'clusters'}`,
      { height, labels: leafLabels },
    ),
  };
}

/**
 * A new job like that one, cut into so many clusters; what comes before the clustering is used again.
 * @throws DomainError as dendrogramCut.
 */
export async function takeCut(core: Core, jobId: string, request: Omit<CutRequest, 'leaves'>): Promise<Job> {
  const { clustering } = await agglomerativeParams(core, jobId);
  const n_clusters = countOf(await treeOf(core, jobId), request);
  const params = { ...clustering.params, n_clusters, distance_threshold: 0 };
  return rerunJob(core, jobId, {
    params: { clustering: { method: clustering.method, params }, automatic_k: null },
  });
}

async function agglomerativeParams(core: Core, jobId: string): Promise<ClusteringParams> {
  const job = await clusteringJob(core, jobId);
  const params = clusteringParams.parse(job.params);
  if (params.clustering.method === agglomerative.name) return params;
  throw new DomainError('INVALID_STATE', 'Only an agglomerative clustering has a tree that can be cut', {
    details: { id: jobId, method: params.clustering.method },
  });
}

async function treeOf(core: Core, jobId: string): Promise<MergeTree> {
  const { objectKey } = await clusteringFile(core, jobId, 'clusterer.model');
  return parsedFile(core, objectKey, parseTree);
}

const parseTree = (bytes: Uint8Array): MergeTree => treeShape.parse(loadModel(agglomerative, bytes));

function countOf({ heights }: MergeTree, { height, clusters }: CutRequest): number {
  const rows = heights.length + 1;
  if ((height === undefined) === (clusters === undefined)) throw wrong('Say either height or clusters', 'height');
  if (height !== undefined) {
    if (!(height > 0)) throw wrong('height must be above 0', 'height');
    return rows - heights.filter((merge) => merge < height).length;
  }
  if (clusters !== undefined && clusters >= 1 && clusters <= rows) return clusters;
  throw wrong(`clusters must be 1 to ${rows}`, 'clusters');
}

const wrong = (message: string, field: string) => new DomainError('INVALID_INPUT', message, { details: { field } });
