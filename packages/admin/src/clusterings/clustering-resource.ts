import { creationOrder, pageOf, type Resource } from '../data/resource.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { isJobStatus } from '../jobs/job-resource.ts';
import { ClusteringList, ClusteringOne, type ClusteringRow, DeleteClusteringJob } from './clustering-documents.ts';

export type Clustering = Result<typeof ClusteringRow>;
/** What its page shows. */
export type ClusteringDetails = Extract<Result<typeof ClusteringOne>['job'], { readonly __typename: 'Job' }>;

export const clusteringResource: Resource = {
  page: pageOf(ClusteringList, (request) => {
    const statuses = [request.filter.status ?? []].flat().filter(isJobStatus);
    return {
      first: request.first,
      after: request.after,
      order: creationOrder(request),
      status: statuses.length > 0 ? statuses : null,
    };
  }),
  one: async (ask, id, signal) => succeeded((await ask(ClusteringOne, { id }, { signal })).job),
  remove: async (ask, id) => succeeded((await ask(DeleteClusteringJob, { id })).result),
};
