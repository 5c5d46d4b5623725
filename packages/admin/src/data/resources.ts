import { auditResource } from '../audit/audit-resource.ts';
import { clusteringResource } from '../clusterings/clustering-resource.ts';
import { datasetResource } from '../datasets/dataset-resource.ts';
import { jobResource } from '../jobs/job-resource.ts';
import { keyResource } from '../keys/key-resource.ts';
import { presetResource } from '../presets/preset-resource.ts';
import { requestResource } from '../requests/request-resource.ts';
import { scheduleResource } from '../schedules/schedule-resource.ts';
import { searchResource } from '../searches/search-resource.ts';
import { userResource } from '../users/user-resource.ts';
import type { Resource } from './resource.ts';

/** THE LIST of kinds of records, by the names that pages and `useGetList` use. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  jobs: jobResource,
  datasets: datasetResource,
  clusterings: clusteringResource,
  searches: searchResource,
  presets: presetResource,
  schedules: scheduleResource,
  users: userResource,
  keys: keyResource,
  audit: auditResource,
  requests: requestResource,
};
