/** The look-alike pipeline: its stages, what a job of it starts from, and what its stages leave in the database. */
import type { z } from 'zod';
import { Artifact } from '../artifacts/artifact.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { manifestArtifact } from '../datasets/manifest.ts';
import type { Em } from '../db/orm.ts';
import { currentDeployment } from '../models/model.operations.ts';
import type { ModelVersion } from '../models/model-version.entity.ts';
import { definePipeline, type Pipeline } from '../pipelines/pipeline.ts';
import type { ArtifactRef, Json } from '../pipelines/stage.ts';
import { lookalikeParams } from './engine/ranker-settings.ts';
import { recordCatalog, recordDrift, recordIngest, recordPublish, recordValidation } from './lookalike.records.ts';
import { LOOKALIKE } from './receive/version-ledger.ts';
import { lookalikeStages } from './stages/stages.ts';

export const lookalikePipeline: Pipeline = definePipeline({
  name: LOOKALIKE,
  stages: lookalikeStages,
  // Strict: a misspelt parameter must not start a training that looks as if it had been changed.
  params: lookalikeParams.strict() as unknown as z.ZodType<Record<string, Json>>,
  sources: async (em, job) => {
    const version = await em.findOneOrFail(DatasetVersion, job.datasetVersion?.id ?? '');
    const manifest = manifestArtifact(version);
    if (!manifest) throw new Error(`Version ${version.name} has no manifest: it was not committed.`);
    const serving = await servingModel(em);
    const artifacts = [
      manifest,
      ...(await lastGoodProfile(em, job.datasetVersion?.id)),
      ...(serving ? await driftReference(em, serving) : []),
      ...(serving ? [await championArtifact(em, serving)] : []),
    ];
    return { artifacts, bundles: [{ prefix: 'batch.', manifest }] };
  },
  record: {
    ingest: recordIngest,
    validate: recordValidation,
    catalog: recordCatalog,
    drift: recordDrift,
    publish: recordPublish,
  },
  end: async (tx, { job, status }) => {
    const version = await tx.findOne(DatasetVersion, job.datasetVersion?.id ?? '');
    if (version && status !== 'completed' && version.status === 'committed') version.status = 'failed';
  },
  outcome: (summary) => {
    if (summary('validate')?.valid === false) return 'skipped';
    return summary('publish')?.published === true ? 'retrained' : 'none';
  },
  stageTimeoutSeconds: 540,
});

async function servingModel(em: Em): Promise<ModelVersion | undefined> {
  const deployment = await currentDeployment(em, LOOKALIKE);
  return deployment?.modelVersion?.getEntity();
}

/** An artifact that a job of the version left, under another name. */
async function leftBy(em: Em, version: string, name: string, as: string): Promise<ArtifactRef[]> {
  const found = await em.findOne(
    Artifact,
    { name, deletedAt: null, job: { datasetVersion: version, status: 'completed' } },
    { orderBy: { id: 'desc' } },
  );
  return found ? [{ name: as, hash: found.hash, key: found.objectKey, bytes: found.bytes }] : [];
}

/** What is normal: the profile of the last version that passed validation. */
async function lastGoodProfile(em: Em, except: string | undefined): Promise<ArtifactRef[]> {
  const version = await em.findOne(
    DatasetVersion,
    { dataset: { name: LOOKALIKE, kind: LOOKALIKE }, status: 'processed', id: { $ne: except ?? '' } },
    { orderBy: { ordinal: 'desc' } },
  );
  return version ? leftBy(em, version.id, 'profile.json', 'baseline.json') : [];
}

const driftReference = (em: Em, model: ModelVersion) =>
  leftBy(em, model.trainedOn.id, 'drift-profile.json', 'reference.json');

async function championArtifact(em: Em, model: ModelVersion): Promise<ArtifactRef> {
  const artifact = await em.findOneOrFail(Artifact, { hash: model.artifactHash });
  return { name: 'champion.bin', hash: artifact.hash, key: artifact.objectKey, bytes: artifact.bytes };
}
