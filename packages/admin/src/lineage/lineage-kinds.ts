import type { LineageKind } from './lineage-documents.ts';

/** Kinds that one can ask from. */
const LINEAGE_KINDS = [
  'dataset_version',
  'manifest',
  'artifact',
  'stage_run',
  'model_version',
  'experiment_run',
  'deployment',
] as const satisfies readonly LineageKind[];

export function isLineageKind(text: string | undefined): text is LineageKind {
  return LINEAGE_KINDS.includes(text as LineageKind);
}
