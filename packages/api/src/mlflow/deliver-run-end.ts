import { Artifact } from '../artifacts/artifact.entity.ts';
import { Metric } from '../metrics/metric.entity.ts';
import { sendArtifact } from './artifacts.ts';
import { type Delivery, knownRun } from './delivery.ts';
import { endRun, getRun, logData } from './tracking.ts';

/** What people read. The rest of what stages leave is for other stages, and large. */
const REPORTS = [
  'report.html',
  'report.json',
  'evaluation.json',
  'validation.json',
  'drift.json',
  'drift.html',
  'evidently.json',
];

/** The job is over: what it has measured and reported goes to its run, which is finished then. */
export const deliverRunEnd: Delivery = async (context, subject) => {
  const { em, client, signal } = context;
  const { run, runId } = await knownRun(em, subject);
  const measured = await em.find(Metric, { job: run.job.id }, { orderBy: { id: 'asc' } });
  const metrics = measured.map(({ key, value, step, recordedAt }) => ({ key, value, step, at: recordedAt }));
  await logData(client, runId, { metrics }, signal);
  const target = await getRun(client, runId, signal);
  const reports = await em.find(
    Artifact,
    { job: run.job.id, name: { $in: REPORTS }, deletedAt: null },
    { orderBy: { id: 'asc' } },
  );
  for (const { name, objectKey } of reports) await sendArtifact(context, target, `reports/${name}`, objectKey);
  await endRun(client, { runId, status: run.status, endedAt: run.endedAt ?? run.startedAt }, signal);
};
