import { pageOf, type Resource, sortOf, textOf } from '../data/resource.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { isJobStatus } from '../jobs/job-resource.ts';
import { ClusteringList, ClusteringOne, type ClusteringRow, DeleteClusteringJob } from './clustering-documents.ts';

export type Clustering = Result<typeof ClusteringRow>;
/** What its page shows. */
export type ClusteringDetails = Extract<Result<typeof ClusteringOne>['job'], { readonly __typename: 'Job' }>;

/** Fields of the list that it can be sorted by, as the API calls them. */
const ORDERS = { createdAt: 'createdAt', status: 'status' } as const;

export const clusteringResource: Resource = {
  page: pageOf(ClusteringList, (request) => {
    const statuses = [request.filter.status ?? []].flat().filter(isJobStatus);
    return {
      first: request.first,
      after: request.after,
      orderBy: sortOf(request, ORDERS),
      text: textOf(request.filter.q),
      status: statuses.length > 0 ? statuses : null,
    };
  }),
  one: async (ask, id, signal) => succeeded((await ask(ClusteringOne, { id }, { signal })).job),
  remove: async (ask, id) => succeeded((await ask(DeleteClusteringJob, { id })).result),
};
