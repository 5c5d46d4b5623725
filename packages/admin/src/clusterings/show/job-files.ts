import type { ClusteringDetails } from '../clustering-resource.ts';

export type JobFile = ClusteringDetails['stages'][number]['artifacts'][number];

/** Of all its stages, in their order. */
export function filesOf(job: ClusteringDetails): readonly JobFile[] {
  return job.stages.flatMap(({ artifacts }) => artifacts);
}

export function hasFile(job: ClusteringDetails, name: string): boolean {
  return filesOf(job).some((file) => file.name === name);
}

/** Where a file is downloaded from. */
export function fileUrl(job: Pick<ClusteringDetails, 'uuid'>, name: string): string {
  return `/api/clustering-jobs/${job.uuid}/files/${encodeURIComponent(name)}/`;
}
