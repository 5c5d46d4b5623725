import { expect } from 'vitest';

/** Calls of the clustering routes as tests make them. */
export function clusteringClient(origin: () => string) {
  async function call(method: string, path: string, body?: unknown) {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(new URL(path, origin()), { method, ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, text, json: isJson ? JSON.parse(text) : undefined };
  }

  /** The job at that address, when nothing of it runs or waits any more. */
  async function ended(path: string) {
    for (const giveUp = Date.now() + 240_000; ; ) {
      const { json } = await call('GET', path);
      if (json.running === false || ['completed', 'failed', 'cancelled'].includes(json.status)) return json;
      if (Date.now() > giveUp) throw new Error(`does not end: ${JSON.stringify(json).slice(0, 2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  return {
    call,
    ended,
    async upload(name: string, csv: string): Promise<string> {
      const form = new FormData();
      form.set('name', name);
      form.set('file', new File([csv], `${name}.csv`));
      const response = await fetch(`${origin()}/api/datasets/`, { method: 'POST', body: form });
      return ((await response.json()) as { id: string }).id;
    },
    /** A job that has run to its end, or to that stage's. */
    async clustered(dataset: string, parameters: object, until?: string): Promise<string> {
      const { json } = await call('POST', '/api/clustering-jobs/', { dataset, parameters });
      const stages = ['preprocess', 'feature_selection', 'dimensionality_reduction', 'clustering', 'metrics'];
      const steps = until === undefined ? ['execute_all_steps'] : stages.slice(0, stages.indexOf(until) + 1);
      for (const step of steps) {
        expect((await call('POST', `/api/clustering-jobs/${json.id}/${step}/`)).status).toBe(202);
        await ended(`/api/clustering-jobs/${json.id}/`);
      }
      return json.id;
    },
  };
}
