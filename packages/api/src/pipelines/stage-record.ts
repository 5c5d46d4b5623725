import { Artifact } from '../artifacts/artifact.entity.ts';
import { MANIFEST } from '../datasets/manifest.ts';
import { newId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import type { Job } from '../jobs/job.entity.ts';
import type { StageRun } from '../jobs/stage-run.entity.ts';
import { type LineageLink, type LineageNode, recordLineage } from '../lineage/lineage.operations.ts';
import type { MetricPoint } from './pipeline.ts';
import type { ArtifactRef } from './stage.ts';
import type { StageInputs } from './stage-inputs.ts';

/** Writes what every finished stage leaves behind, whatever it does: its artifacts, metrics and lineage. */
export async function writeStageTraces(
  tx: Em,
  job: Job,
  stageRun: StageRun,
  inputs: StageInputs,
  outputs: readonly ArtifactRef[],
  metrics: readonly MetricPoint[],
): Promise<void> {
  if (outputs.length > 0) {
    await tx.insertMany(
      Artifact,
      outputs.map((output) => ({
        id: newId(),
        job: job.id,
        stageRun: stageRun.id,
        name: output.name,
        hash: output.hash,
        objectKey: output.key,
        bytes: output.bytes,
        createdAt: new Date(),
      })),
    );
  }
  await writeMetrics(tx, job.id, stageRun.name, metrics);
  await recordLineage(tx, stageLinks(stageRun, inputs, outputs));
}

/** The last value of a key and step wins, also over one that another stage of the job has logged. */
async function writeMetrics(tx: Em, jobId: string, stage: string, metrics: readonly MetricPoint[]): Promise<void> {
  if (metrics.length === 0) return;
  const last = new Map(metrics.map((metric) => [`${metric.key}\n${metric.step}`, metric]));
  await tx.execute(
    `insert into metric (job_id, stage, key, value, step, recorded_at)
     select ?, ?, m.key, m.value, m.step, now() from jsonb_to_recordset(?::jsonb) as m(key text, value float8, step int)
     on conflict (job_id, key, step) do update set value = excluded.value, stage = excluded.stage`,
    [jobId, stage, JSON.stringify([...last.values()])],
  );
}

function stageLinks(stageRun: StageRun, inputs: StageInputs, outputs: readonly ArtifactRef[]): LineageLink[] {
  const run: LineageNode = { kind: 'stage_run', id: stageRun.id };
  return [
    ...inputs.artifacts.map((input): LineageLink => ({ from: artifactNode(input), to: run, relation: 'input' })),
    ...inputs.bundles.map(
      (bundle): LineageLink => ({ from: artifactNode(bundle.manifest), to: run, relation: 'input' }),
    ),
    ...outputs.map((output): LineageLink => ({ from: run, to: artifactNode(output), relation: 'output' })),
  ];
}

/** The thousands of batches of a version are one node: their manifest. */
export function artifactNode(artifact: ArtifactRef): LineageNode {
  return { kind: artifact.name === MANIFEST ? 'manifest' : 'artifact', id: artifact.hash };
}
