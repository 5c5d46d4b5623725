import { createHash } from 'node:crypto';
import type { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { manifestArtifact } from '../datasets/manifest.ts';
import type { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import type { ObjectStore } from '../objects/object-store.ts';

/** Where the code comes from, in the words of MLflow's own client. */
const COMMIT_TAG = 'mlflow.source.git.commit';

/** The run's tags: its own, and what its data and its code were. */
export async function runTags(
  run: ExperimentRun,
  version: DatasetVersion,
  objects: ObjectStore,
): Promise<Record<string, string>> {
  const dvc = await dvcHash(version, objects);
  const commit = run.tags.git_commit;
  return {
    ...run.tags,
    data_version: version.name,
    job_id: run.job.id,
    'mlflow.source.name': 'kindred',
    'mlflow.source.type': 'JOB',
    ...(run.modelVersion == null ? {} : { model_version: run.modelVersion }),
    ...(version.manifestHash == null ? {} : { data_sha256: version.manifestHash }),
    ...(dvc === undefined ? {} : { dvc_hash: dvc }),
    ...(commit === undefined ? {} : { [COMMIT_TAG]: commit.replace(/-dirty$/, '') }),
  };
}

/**
 * The data's hash as DVC has it of a file: md5 of the manifest, which names the hash of every batch. Undefined where the
 * manifest is gone.
 */
async function dvcHash(version: DatasetVersion, objects: ObjectStore): Promise<string | undefined> {
  const manifest = manifestArtifact(version);
  if (!manifest || !(await objects.has(manifest.key))) return undefined;
  return createHash('md5')
    .update(await objects.get(manifest.key))
    .digest('hex');
}
