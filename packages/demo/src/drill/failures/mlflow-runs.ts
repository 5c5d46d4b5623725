import { z } from 'zod';

const experiments = z.object({ experiments: z.array(z.object({ experiment_id: z.string() })).default([]) });
const runs = z.object({
  runs: z
    .array(z.object({ info: z.object({ run_id: z.string(), run_name: z.string(), status: z.string() }) }))
    .default([]),
});

export interface MlflowRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

/** All runs that a tracking server has. */
export async function mlflowRuns(url: string): Promise<MlflowRun[]> {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`MLflow answers ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const found = experiments.parse(await post('experiments/search', { max_results: 100 }));
  const ids = found.experiments.map(({ experiment_id }) => experiment_id);
  const { runs: all } = runs.parse(await post('runs/search', { experiment_ids: ids, max_results: 1000 }));
  return all.map(({ info }) => ({ id: info.run_id, name: info.run_name, status: info.status }));
}
