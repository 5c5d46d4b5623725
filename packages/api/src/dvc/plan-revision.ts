import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { MANIFEST, manifestArtifact } from '../datasets/manifest.ts';
import type { Em } from '../db/orm.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import type { ArtifactRef } from '../pipelines/stage.ts';
import { DvcRevision } from './dvc-revision.entity.ts';
import { BATCHES, DATA, type PlannedStage, type RevisionPlan, RUN } from './revision-plan.ts';

/** What a job has done, as a revision: its stages with all that they read and wrote. */
export async function planRevision(
  em: Em,
  held: { id: number; jobId: string; tag: string },
  pipelines: readonly Pipeline[],
): Promise<RevisionPlan> {
  const job = await em.findOneOrFail(Job, { id: held.jobId }, { populate: ['datasetVersion'] });
  const version = await em.findOneOrFail(DatasetVersion, job.datasetVersion?.id ?? '');
  const manifest = manifestArtifact(version);
  if (!manifest) throw new Error(`Version ${version.name} has no manifest`);
  const stageRuns = await em.find(
    StageRun,
    { job: job.id, status: { $in: ['completed', 'reused'] } },
    { orderBy: { ordinal: 'asc' } },
  );
  const made = new Set(stageRuns.flatMap(({ outputs }) => outputs.map(({ name }) => name)));
  const sources = new Map<string, ArtifactRef>();
  for (const { inputs } of stageRuns)
    for (const artifact of inputs?.artifacts ?? [])
      if (!made.has(artifact.name) && artifact.name !== MANIFEST) sources.set(artifact.name, artifact);
  const stages = pipelines.find(({ name }) => name === job.pipeline)?.stages ?? [];
  const earlier = await em.find(
    DvcRevision,
    { id: { $lt: held.id }, commit: { $ne: null } },
    { orderBy: { id: 'asc' }, fields: ['tag', 'commit', 'metrics'] },
  );
  return {
    jobId: job.id,
    pipeline: job.pipeline,
    version: version.name,
    tag: held.tag,
    finishedAt: (job.finishedAt ?? job.createdAt).getTime(),
    seed: job.seed,
    params: job.params,
    facts: await factsOf(em, job, version),
    manifest: { path: `${DATA}/${MANIFEST}`, key: manifest.key },
    sources: [...sources.values()].map(({ name, key }) => ({ path: `${DATA}/${name}`, key })),
    outputs: stageRuns.flatMap(({ outputs }) => outputs.map(({ name, key }) => ({ path: `${RUN}/${name}`, key }))),
    stages: stageRuns.map((stageRun): PlannedStage => {
      const { name, codeVersion, inputs, outputs, summary } = stageRun;
      const read =
        inputs?.artifacts.map((artifact) => `${made.has(artifact.name) ? RUN : DATA}/${artifact.name}`) ?? [];
      return {
        name,
        codeVersion: codeVersion ?? 0,
        params: stages.find((stage) => stage.name === name)?.params ?? [],
        deps: [
          ...read,
          ...(inputs?.bundles.length ? [BATCHES] : []),
          ...(inputs?.summaries.map((summaryName) => `${RUN}/${summaryName}`) ?? []),
        ],
        outs: [...outputs.map((output) => `${RUN}/${output.name}`), `${RUN}/summary.${name}`],
        summary: summary ?? {},
      };
    }),
    history: earlier.map(({ tag, commit, metrics }) => ({ tag, commit: commit ?? '', metrics: metrics ?? null })),
  };
}

async function factsOf(em: Em, job: Job, version: DatasetVersion): Promise<Record<string, string>> {
  const run = await em.findOne(ExperimentRun, { job: job.id });
  const commit = run?.tags.git_commit;
  return {
    'Data-Sha256': version.manifestHash ?? '',
    ...(run ? { 'Kindred-Run': run.id, 'Kindred-Model': run.modelVersion ?? 'none' } : {}),
    ...(commit === undefined ? {} : { 'Kindred-Code': commit }),
  };
}
