import type { Client } from '../../client.ts';
import { experimentsReply } from '../../client.ts';
import { type State, stateHash } from '../state-hash.ts';
import { jobsOf, versionsOf } from './graphql.ts';
import type { MetricsWatch } from './metrics-watch.ts';
import { mlflowRuns } from './mlflow-runs.ts';
import type { Stack } from './stack.ts';
import type { Subscriber } from './subscriber.ts';

/** What a series has come to, as a replica tells it. */
export interface Outcome {
  readonly state: State;
  /** Status and rows of each version. */
  readonly versions: ReadonlyMap<string, string>;
}

export async function outcomeOf(
  client: Client,
  offers: readonly { id: number; merchantId: number }[],
): Promise<Outcome> {
  return { state: await stateHash(client, offers), versions: await versionsOf(client) };
}

/** Where two outcomes differ, for people. */
export function differences(calm: Outcome, other: Outcome): string[] {
  const rows = [...calm.versions].filter(([name, text]) => other.versions.get(name) !== text);
  const parts = Object.keys(calm.state.parts).filter((name) => calm.state.parts[name] !== other.state.parts[name]);
  return [
    ...rows.map(([name, text]) => `${name} holds ${other.versions.get(name)}, undisturbed ${text}`),
    ...parts.map((name) => `${name}: ${start(other.state, name)}, undisturbed ${start(calm.state, name)}`),
    ...(other.versions.size === calm.versions.size
      ? []
      : [`${other.versions.size} versions, not ${calm.versions.size}`]),
  ];
}

const start = (state: State, part: string): string => (state.parts[part] ?? 'no answer').slice(0, 300);

/** Each version has one job, completed, and every subscriber heard of its end. */
export async function jobOffences(
  client: Client,
  versions: readonly string[],
  subscribers: readonly Subscriber[],
): Promise<string[]> {
  const jobs = await jobsOf(client, 100);
  const of = (name: string) => jobs.filter(({ datasetVersion }) => datasetVersion?.name === name);
  const bad = versions.filter((name) => of(name).length !== 1 || of(name)[0]?.status !== 'completed');
  const unheard = subscribers.flatMap(({ ends }, replica) =>
    jobs
      .filter(({ uuid, status }) => ends.get(uuid)?.status !== status)
      .map(({ uuid, status }) => `the subscriber of api ${replica + 1} never heard that job ${uuid} is ${status}`),
  );
  return [
    ...bad.map(
      (name) =>
        `jobs of ${name}: ${
          of(name)
            .map(({ status }) => status)
            .join(', ') || 'none'
        }`,
    ),
    ...(jobs.length === versions.length ? [] : [`${jobs.length} jobs for ${versions.length} versions`]),
    ...unheard,
  ];
}

/** MLflow has each training once, finished, and is owed nothing. */
export async function mlflowOffences(stack: Stack, client: Client, watch: MetricsWatch): Promise<string[]> {
  if (!stack.mlflow) return [];
  const { experiments } = experimentsReply.parse((await client.get('/experiments')).json);
  const runs = await mlflowRuns(stack.mlflow.url);
  const owed = ['owed', 'refused'].map((state) => watch.last('worker 1', `kindred_mlflow_entries{state="${state}"}`));
  const missing = experiments.filter(({ run_id }) => runs.filter(({ id }) => id === run_id).length !== 1);
  return [
    ...(runs.length === experiments.length
      ? []
      : [`MLflow has ${runs.length} runs of ${experiments.length} trainings`]),
    ...missing.map(({ run_id, data_version }) => `MLflow lacks the run ${run_id} of ${data_version}`),
    ...runs
      .filter(({ status }) => status !== 'FINISHED')
      .map(({ name, status }) => `MLflow's run ${name} is ${status}`),
    ...(owed.some((count) => count !== 0) ? [`MLflow is owed ${owed[0]} entries and refuses ${owed[1]}`] : []),
  ];
}
