/** Risk scores of a job and what they are made of. */
import { explainRisk, type RiskColor, riskColor } from '@kindred/ml/explanation/additive-risk.ts';
import { chartThread } from '../charts/chart-thread.ts';
import { waterfallChart } from '../charts/waterfall-chart.ts';
import type { Core } from '../core.ts';
import { checkPage, type Page } from '../datasets/page.ts';
import { DomainError } from '../errors.ts';
import { clusteringFile, clusteringJob } from './clustering.operations.ts';
import { clusteringParams } from './clustering-params.ts';
import { parseLabels } from './labels-file.ts';
import { parsedFile } from './parsed-files.ts';
import { parseRisk } from './risk-file.ts';
import { parseRowMatrix } from './row-matrix.ts';

export interface RiskRow {
  /** Place in the data set. */
  readonly index: number;
  readonly cluster: number;
  readonly score: number;
  readonly color: RiskColor;
  readonly features: Record<string, number>;
}

export interface RiskPage {
  readonly total: number;
  readonly rows: readonly RiskRow[];
}

export interface RiskContribution {
  readonly feature: string;
  readonly value: number;
  readonly contribution: number;
}

export interface RiskExplained {
  readonly index: number;
  readonly base: number;
  readonly score: number;
  /** Those that move the score most first. */
  readonly contributions: readonly RiskContribution[];
}

const MOST_ROWS = 1000;

/**
 * Rows in the order of the data set, or those of the highest score first.
 * @throws DomainError NOT_FOUND without such a job; ARTIFACT_MISSING before its clustering; INVALID_INPUT for a page that cannot be.
 */
export async function riskPage(
  core: Core,
  jobId: string,
  page: Page & { readonly highestFirst?: boolean },
): Promise<RiskPage> {
  const { offset, limit, highestFirst = false } = page;
  checkPage(page, MOST_ROWS);
  const { matrix, risk, labels, thresholds } = await riskOf(core, jobId);
  const order = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  if (highestFirst) order.sort((a, b) => risk.scores[b] - risk.scores[a] || a - b);
  const rows = Array.from(order.subarray(offset, offset + limit), (row): RiskRow => {
    const score = risk.scores[row];
    return {
      index: matrix.index[row],
      cluster: labels[row],
      score,
      color: riskColor(score, thresholds),
      features: Object.fromEntries(matrix.names.map((name, at) => [name, matrix.data[row * matrix.columns + at]])),
    };
  });
  return { total: matrix.rows, rows };
}

/**
 * SHAP values of one row: base and contributions add up to its score.
 * @throws DomainError as riskPage; INVALID_INPUT for a row that is not in the data set or was left out as an outlier.
 */
export async function riskExplanation(core: Core, jobId: string, index: number): Promise<RiskExplained> {
  const { matrix, risk } = await riskOf(core, jobId);
  const row = matrix.index.indexOf(index);
  if (row < 0) {
    const last = matrix.index[matrix.rows - 1];
    const why = index > last || index < 0 ? `they end at ${last}` : 'it was left out as an outlier';
    throw new DomainError('INVALID_INPUT', `There is no row ${index} among those of the job: ${why}`, {
      details: { field: 'index', index },
    });
  }
  const values = matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns);
  const { base, score, contributions } = explainRisk(risk, values);
  return {
    index,
    base,
    score,
    contributions: matrix.names
      .map((feature, at) => ({ feature, value: values[at], contribution: contributions[at] }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  };
}

/** What the score of a row is made of, as a picture (PNG). @throws DomainError as riskExplanation. */
export async function riskPicture(core: Core, jobId: string, index: number): Promise<Buffer> {
  const { base, contributions } = await riskExplanation(core, jobId, index);
  return chartThread.png(waterfallChart(base, contributions, `Risk of row ${index}`));
}

async function riskOf(core: Core, jobId: string) {
  const job = await clusteringJob(core, jobId);
  const read = async <T>(name: string, parse: (bytes: Uint8Array) => T) => {
    const { objectKey } = await clusteringFile(core, jobId, name);
    return parsedFile(core, objectKey, parse);
  };
  const [matrix, risk, { labels }] = await Promise.all([
    read('selected.bin', parseRowMatrix),
    read('risk.bin', parseRisk),
    read('labels.bin', parseLabels),
  ]);
  return {
    matrix,
    risk,
    labels,
    thresholds: clusteringParams.parse(job.params).risk,
  };
}
