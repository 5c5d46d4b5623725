import type { Resource } from './resource.ts';

/** THE LIST of kinds of records, by the names that pages and `useGetList` use; each is loaded with the first page that asks for it. */
export const RESOURCES: Readonly<Record<string, () => Promise<Resource>>> = {
  jobs: async () => (await import('../jobs/job-resource.ts')).jobResource,
  datasets: async () => (await import('../datasets/dataset-resource.ts')).datasetResource,
  clusterings: async () => (await import('../clusterings/clustering-resource.ts')).clusteringResource,
  searches: async () => (await import('../searches/search-resource.ts')).searchResource,
  presets: async () => (await import('../presets/preset-resource.ts')).presetResource,
  schedules: async () => (await import('../schedules/schedule-resource.ts')).scheduleResource,
  users: async () => (await import('../users/user-resource.ts')).userResource,
  keys: async () => (await import('../keys/key-resource.ts')).keyResource,
  audit: async () => (await import('../audit/audit-resource.ts')).auditResource,
  requests: async () => (await import('../requests/request-resource.ts')).requestResource,
  versions: async () => (await import('../versions/version-resource.ts')).versionResource,
  models: async () => (await import('../models/model-resource.ts')).modelResource,
  experiments: async () => (await import('../experiments/experiment-resource.ts')).experimentResource,
};
