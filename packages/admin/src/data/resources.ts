import { datasetResource } from '../datasets/dataset-resource.ts';
import { experimentResource } from '../experiments/experiment-resource.ts';
import { jobResource } from '../jobs/job-resource.ts';
import { modelResource } from '../models/model-resource.ts';
import { versionResource } from '../versions/version-resource.ts';
import type { Resource } from './resource.ts';

/** THE LIST of kinds of records, by the names that pages and `useGetList` use. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  jobs: jobResource,
  datasets: datasetResource,
  versions: versionResource,
  models: modelResource,
  experiments: experimentResource,
};
