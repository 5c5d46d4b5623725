import { Artifact } from '../artifacts/artifact.entity.ts';
import { MANIFEST } from '../datasets/manifest.ts';
import { newId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import type { Job } from '../jobs/job.entity.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { type LineageLink, type LineageNode, recordLineage } from '../lineage/lineage.operations.ts';
import type { Computed } from './look-ahead.ts';
import type { MetricPoint } from './pipeline.ts';
import type { ArtifactRef, Stage } from './stage.ts';
import { inputNames, type StageInputs } from './stage-inputs.ts';

/** A stage that has come to its end. */
export interface FinishedStage {
  readonly stage: Stage;
  readonly status: 'completed' | 'reused';
  readonly inputs: StageInputs;
  readonly computed: Computed;
}

/** Writes what every finished stage leaves behind, whatever it does: its row, its artifacts, metrics and lineage. */
export async function recordStage(tx: Em, job: Job, stageRunId: string, finished: FinishedStage): Promise<StageRun> {
  const { stage, status, inputs, computed } = finished;
  const { key, metrics, startedAt, finishedAt } = computed;
  const { outputs, result } = computed.outcome;
  const stageRun = await tx.findOneOrFail(StageRun, stageRunId);
  Object.assign(stageRun, {
    status,
    key,
    progress: 1,
    message: '',
    etaSeconds: null,
    error: null,
    summary: { ...result.summary },
    outputs: [...outputs],
    stop: result.stop ?? false,
    skips: [...(result.skip ?? [])],
    finishedAt,
    inputs: inputNames(inputs),
    codeVersion: stage.codeVersion,
  });
  stageRun.startedAt ??= startedAt;
  await tx.flush();
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
  return stageRun;
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
