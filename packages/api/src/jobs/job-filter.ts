import type { Core } from '../core.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { firstIdAt } from '../db/ids.ts';
import { between, type ConnectionFilter, containing } from '../graphql/connection.ts';
import type { Job, JobStatus } from './job.entity.ts';

export interface JobFilter {
  readonly status?: readonly JobStatus[] | null | undefined;
  readonly pipeline?: string | null | undefined;
  readonly datasetVersion?: string | undefined;
  readonly dataset?: string | undefined;
  readonly text?: string | null | undefined;
  readonly createdSince?: Date | null | undefined;
  readonly createdUntil?: Date | null | undefined;
}

/** Versions that a text may name; of more the newest. */
const MOST_VERSIONS = 500;

export async function jobFilter(core: Core, filter: JobFilter): Promise<ConnectionFilter<Job>> {
  const { status, text, dataset } = filter;
  return {
    deletedAt: null,
    // One status is compared, not looked up in a list: then the index over status and id gives the order, too.
    status: status?.length === 1 ? status[0] : status ? { $in: [...status] } : undefined,
    pipeline: filter.pipeline ?? undefined,
    datasetVersion: filter.datasetVersion ?? (dataset === undefined ? undefined : { dataset }),
    ...createdWithin(filter.createdSince, filter.createdUntil),
    $or: text ? await named(core, text) : undefined,
  };
}

/**
 * Jobs that a text may mean: of a pipeline or of a version of such a name, or of an id that begins so. It is told which
 * before the jobs are asked for, so that each case has an index.
 */
async function named(core: Core, text: string): Promise<object[]> {
  const name = containing(text);
  const versions = await core.database
    .fork()
    .find(DatasetVersion, { $or: [{ name }, { dataset: { name } }] } as object, {
      fields: ['id'],
      orderBy: { id: 'desc' },
      limit: MOST_VERSIONS,
    });
  const lower = text.toLowerCase();
  const pipelines = core.pipelines.map((pipeline) => pipeline.name).filter((known) => known.includes(lower));
  return [
    { datasetVersion: { $in: versions.map((version) => version.id) } },
    ...(pipelines.length > 0 ? [{ pipeline: { $in: pipelines } }] : []),
    ...idsBeginningWith(lower),
  ];
}

/** By which an id may be ahead of the time of creation where somebody set a clock. */
const SLACK_MS = 86_400_000;

/** The ids are bounded, too: they grow with time, so that the list is entered where the times are. */
function createdWithin(since: Date | null | undefined, until: Date | null | undefined): ConnectionFilter<Job> {
  return {
    createdAt: between(since, until),
    id:
      since == null && until == null
        ? undefined
        : {
            ...(since == null ? {} : { $gte: firstIdAt(since.getTime() - SLACK_MS) }),
            ...(until == null ? {} : { $lt: firstIdAt(until.getTime() + SLACK_MS) }),
          },
  };
}

/** From the first uuid that begins so to the last one. */
function idsBeginningWith(text: string): object[] {
  const digits = text.replaceAll('-', '');
  if (!/^[0-9a-f]{4,32}$/.test(digits)) return [];
  const uuid = (fill: string) => digits.padEnd(32, fill).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return [{ id: { $gte: uuid('0'), $lte: uuid('f') } }];
}
