import { pageOf, type Resource, sortOf, textOf } from '../data/resource.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result, Variables } from '../graphql/graphql.ts';
import { JobList, JobMany, JobOne, type JobRow } from './job-documents.ts';

export type Job = Result<typeof JobRow>;
export type JobStatus = Job['status'];

/** In the order of a job's life. */
export const JOB_STATUSES = ['pending', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;

/** Fields of the list that it can be sorted by, as the API calls them. */
const ORDERS = { createdAt: 'createdAt', status: 'status', took: 'duration', finishedAt: 'endedAt' } as const;

export const jobResource: Resource = {
  page: pageOf(JobList, (request): Variables<typeof JobList> => {
    const { status, pipeline, dataset, datasetVersion, q } = request.filter;
    const statuses = [status ?? []].flat().filter(isJobStatus);
    return {
      first: request.first,
      after: request.after,
      orderBy: sortOf(request, ORDERS),
      text: textOf(q),
      status: statuses.length > 0 ? statuses : null,
      pipeline: textOf(pipeline),
      dataset: textOf(dataset),
      datasetVersion: textOf(datasetVersion),
    };
  }),
  one: async (ask, id, signal) => succeeded((await ask(JobOne, { id }, { signal })).job),
  many: async (ask, ids, signal) =>
    (await ask(JobMany, { ids: [...ids] }, { signal })).nodes.map((node) => (node && 'id' in node ? node : null)),
};

export function isJobStatus(text: unknown): text is JobStatus {
  return JOB_STATUSES.includes(text as JobStatus);
}

/** What its page shows. */
export type JobDetails = Extract<Result<typeof JobOne>['job'], { readonly __typename: 'Job' }>;
