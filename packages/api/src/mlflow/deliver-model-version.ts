import { Artifact } from '../artifacts/artifact.entity.ts';
import { ModelVersion } from '../models/model-version.entity.ts';
import { sendArtifact } from './artifacts.ts';
import { type Delivery, knownRun } from './delivery.ts';
import { ensureModelVersion, setAlias } from './registry.ts';
import { getRun } from './tracking.ts';

/**
 * The model of a training becomes a registered version and the challenger, whether it won or not: whoever wants to know
 * why it lost finds it there. MLflow counts its versions itself; the tag `model_version` has our own label.
 */
export const deliverModelVersion: Delivery = async (context, subject) => {
  const { em, client, signal } = context;
  const { run, runId, version: data } = await knownRun(em, subject);
  const published = await em.findOne(ModelVersion, { run: run.id });
  const objectKey = published?.artifactKey ?? (await trainedModel(context, run.job.id));
  // A loser of long ago, whose file was removed.
  if (objectKey === undefined) return;
  const target = await getRun(client, runId, signal);
  const uploaded = await sendArtifact(context, target, 'model/model.bin', objectKey);
  const model = published?.model.unwrap().name ?? run.experiment;
  const version = await ensureModelVersion(
    client,
    {
      model,
      runId,
      source: `${target.artifact_uri}/model`,
      description: run.tags.decision ?? '',
      tags: {
        data_version: data.name,
        published: String(published !== null),
        ...(published ? { model_version: published.version, sha256: published.artifactHash } : {}),
        ...(uploaded ? {} : { object_key: objectKey }),
      },
    },
    signal,
  );
  await setAlias(client, { name: model, alias: 'challenger', version }, signal);
};

async function trainedModel({ em }: Parameters<Delivery>[0], job: string): Promise<string | undefined> {
  const file = await em.findOne(Artifact, { job, name: 'model.bin', deletedAt: null }, { orderBy: { id: 'desc' } });
  return file?.objectKey;
}
