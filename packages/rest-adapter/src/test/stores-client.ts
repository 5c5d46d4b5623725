import { clusteringClient } from './clustering-client.ts';
import type { TestServer } from './start-test-server.ts';

export interface JobJson {
  readonly id: string;
  readonly status: string;
  readonly error: string | null;
  readonly parameters: Record<string, unknown>;
  readonly visualizations: readonly string[];
  readonly stages: readonly { readonly name: string; readonly status: string; readonly summary: Summary }[];
}
/** Of whatever form. */
type Summary = ReturnType<typeof JSON.parse>;

/** The client of the clustering routes, with whole jobs and GraphQL. */
export function storesClient(server: TestServer) {
  const client = clusteringClient(() => server.url);
  const { call } = client;
  const idle = (id: string): Promise<JobJson> => client.ended(`/api/clustering-jobs/${id}/`);
  return {
    ...client,
    /** The job when it no longer runs. */
    idle,
    /** Makes a job and runs it to its end. */
    async cluster(body: object): Promise<JobJson> {
      const made = await call('POST', '/api/clustering-jobs/', body);
      if (made.status !== 201) throw new Error(`${made.status} ${made.text}`);
      await call('POST', `/api/clustering-jobs/${made.json.id}/execute_all_steps/`);
      return idle(made.json.id);
    },
    async download(path: string): Promise<Buffer> {
      return Buffer.from(await (await fetch(new URL(path, server.url))).arrayBuffer());
    },
    /** The one field of the answer's data. */
    async graphql<Answer>(query: string, variables: object = {}): Promise<Answer> {
      const { json } = await call('POST', '/graphql', { query, variables });
      if (json.errors) throw new Error(JSON.stringify(json.errors));
      return Object.values(json.data)[0] as Answer;
    },
  };
}
