/** Two clustering jobs side by side. */
import { z } from 'zod';
import type { Core } from '../../core.ts';
import { DomainError } from '../../errors.ts';
import type { Job } from '../../jobs/job.entity.ts';
import { listStageRuns } from '../../jobs/job.operations.ts';
import { canonicalJson } from '../../objects/canonical-json.ts';
import type { Json } from '../../pipelines/stage.ts';
import { UploadedTable } from '../../uploads/uploaded-table.entity.ts';
import { clusteringFile, clusteringJob } from '../clustering.operations.ts';
import type { LabelComparison } from './compare-labels.ts';
import { compareThread } from './compare-thread.ts';

export interface ParameterDifference {
  /** Such as `clustering.params.n_clusters`. */
  readonly name: string;
  /** Null where that job has no such parameter. */
  readonly first: Json;
  readonly second: Json;
}

export interface MetricPair {
  readonly name: string;
  readonly title: string;
  readonly first: number | null;
  readonly second: number | null;
  readonly greaterIsBetter: boolean;
}

export interface ClusteringComparison {
  readonly first: Job;
  readonly second: Job;
  readonly parameters: readonly ParameterDifference[];
  readonly metrics: readonly MetricPair[];
  /** Both were run on the same table. */
  readonly sameData: boolean;
  /** The measures were taken over the same numbers, so that the better value is the better clustering. */
  readonly sameSpace: boolean;
  /** What cannot be compared, and why. */
  readonly notes: readonly string[];
  /** Null where the data differ. */
  readonly labels: LabelComparison | null;
}

export const MOST_MOVED = 1000;

/**
 * @param moved how many of the rows that moved to tell one by one.
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING where one has no labels yet; INVALID_INPUT for `moved`; RATE_LIMITED.
 */
export async function compareClusterings(
  core: Core,
  firstId: string,
  secondId: string,
  moved: number,
): Promise<ClusteringComparison> {
  if (moved < 0 || moved > MOST_MOVED) {
    throw new DomainError('INVALID_INPUT', `moved must be 0 to ${MOST_MOVED}`, { details: { field: 'moved' } });
  }
  const first = await sideOf(core, firstId);
  const second = await sideOf(core, secondId);
  const sameData = first.table !== undefined && first.table === second.table;
  const sameSpace = sameData && first.space === second.space;
  const notes: string[] = [];
  if (!sameData) {
    notes.push(
      'The jobs were run on different data: their labels are of different rows and are not compared, and their measures say nothing about which one is better.',
    );
  } else if (!sameSpace) {
    notes.push(
      'The measures of each job were taken over its own features, which differ: only those against known classes can be compared.',
    );
  }
  return {
    first: first.job,
    second: second.job,
    parameters: differences(first.job.params, second.job.params),
    metrics: metricPairs(first.metrics, second.metrics),
    sameData,
    sameSpace,
    notes,
    labels: sameData
      ? await compareThread.ask({
          first: await core.objects.path(first.labels),
          second: await core.objects.path(second.labels),
          most: moved,
        })
      : null,
  };
}

const measured = z.record(
  z.string(),
  z.object({ title: z.string(), value: z.number().nullable(), greater_is_better: z.boolean() }),
);

async function sideOf(core: Core, id: string) {
  const job = await clusteringJob(core, id);
  const [labels, reduced] = await Promise.all(
    ['labels.bin', 'reduced.bin'].map((name) => clusteringFile(core, id, name)),
  );
  const table = await core.database.fork().findOne(UploadedTable, { datasetVersion: job.datasetVersion?.id ?? id });
  const metrics = (await listStageRuns(core, id)).find(({ name }) => name === 'metrics')?.summary;
  return {
    job,
    labels: labels.objectKey,
    space: reduced.hash,
    table: table?.tableHash,
    metrics: measured.safeParse(metrics).data ?? {},
  };
}

function metricPairs(a: z.output<typeof measured>, b: z.output<typeof measured>): MetricPair[] {
  return Object.entries({ ...b, ...a }).map(([name, { title, greater_is_better }]) => ({
    name,
    title,
    first: a[name]?.value ?? null,
    second: b[name]?.value ?? null,
    greaterIsBetter: greater_is_better,
  }));
}

const isGroup = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parameters that are not the same, by their path. */
export function differences(
  a: { readonly [key: string]: Json },
  b: { readonly [key: string]: Json },
  prefix = '',
): ParameterDifference[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name): ParameterDifference[] => {
    const [first, second] = [a[name] ?? null, b[name] ?? null];
    if (isGroup(first) && isGroup(second)) return differences(first, second, `${prefix}${name}.`);
    return canonicalJson(first) === canonicalJson(second) ? [] : [{ name: prefix + name, first, second }];
  });
}
