import type { TestServer } from './start-test-server.ts';

/** A client of the clustering routes. */
export interface ClusteringClient {
  call(method: string, path: string, body?: unknown): ReturnType<typeof send>;
  upload(name: string, csv: string): Promise<string>;
  /** Makes a job and runs it to its end. */
  cluster(body: object): Promise<JobJson>;
  /** The job when it no longer runs. */
  idle(id: string): Promise<JobJson>;
  /** The one field of the answer's data. */
  graphql<Answer>(query: string, variables?: object): Promise<Answer>;
}

export interface JobJson {
  readonly id: string;
  readonly status: string;
  readonly error: string | null;
  readonly running: boolean;
  readonly parameters: Record<string, unknown>;
  readonly visualizations: readonly string[];
  readonly stages: readonly { readonly name: string; readonly status: string; readonly summary: Summary }[];
}
/** Of whatever form. */
type Summary = ReturnType<typeof JSON.parse>;

async function send(url: string, method: string, body?: unknown) {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, { method, ...init });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, bytes, json: isJson ? JSON.parse(bytes.toString()) : undefined };
}

export function clusteringClient({ url }: TestServer): ClusteringClient {
  const call = (method: string, path: string, body?: unknown) => send(url + path, method, body);
  async function idle(id: string): Promise<JobJson> {
    for (;;) {
      const { json } = await call('GET', `/api/clustering-jobs/${id}/`);
      if (!json.running) return json;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    call,
    idle,
    async upload(name, csv) {
      const form = new FormData();
      form.set('name', name);
      form.set('file', new File([csv], `${name}.csv`));
      const response = await fetch(`${url}/api/datasets/`, { method: 'POST', body: form });
      return ((await response.json()) as { id: string }).id;
    },
    async cluster(body) {
      const made = await call('POST', '/api/clustering-jobs/', body);
      if (made.status !== 201) throw new Error(`${made.status} ${made.bytes.toString()}`);
      await call('POST', `/api/clustering-jobs/${made.json.id}/execute_all_steps/`);
      return idle(made.json.id);
    },
    async graphql<Answer>(query: string, variables: object = {}) {
      const { json } = await call('POST', '/graphql', { query, variables });
      if (json.errors) throw new Error(JSON.stringify(json.errors));
      return Object.values(json.data)[0] as Answer;
    },
  };
}
