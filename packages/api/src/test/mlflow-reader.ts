import { z } from 'zod';

const pair = z.object({ key: z.string(), value: z.string().default('') });
const asRecord = <T>(pairs: readonly { key: string; value: T }[]) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

const run = z.object({
  info: z.object({
    run_id: z.string(),
    run_name: z.string(),
    status: z.string(),
    start_time: z.int(),
    end_time: z.int().optional(),
    artifact_uri: z.string(),
  }),
  data: z.object({
    params: z.array(pair).default([]).transform(asRecord),
    tags: z.array(pair).default([]).transform(asRecord),
    metrics: z
      .array(z.object({ key: z.string(), value: z.number() }))
      .default([])
      .transform(asRecord),
  }),
});
const points = z.array(z.object({ value: z.number(), step: z.int().default(0), timestamp: z.int() })).default([]);
const files = z.array(z.object({ path: z.string(), is_dir: z.boolean() })).default([]);
const aliases = z.array(z.object({ alias: z.string(), version: z.string() })).default([]);

/** What a tracking server knows, asked as any other client of it would ask. */
export class MlflowReader {
  readonly #url: string;
  readonly #name: string;

  /** @param name of the experiment and of the registered model. */
  constructor(url: string, name: string) {
    this.#url = `${url}/api/2.0/mlflow`;
    this.#name = name;
  }

  /** Oldest first. */
  async runs(): Promise<z.infer<typeof run>[]> {
    const experiment = z.object({ experiment: z.object({ experiment_id: z.string() }) });
    const name = new URLSearchParams({ experiment_name: this.#name });
    const { experiment_id } = (await this.#ask(`experiments/get-by-name?${name}`, experiment)).experiment;
    const search = { experiment_ids: [experiment_id], order_by: ['attributes.start_time ASC'], max_results: 1000 };
    return (await this.#ask('runs/search', z.object({ runs: z.array(run).default([]) }), search)).runs;
  }

  async history(runId: string, key: string): Promise<z.infer<typeof points>> {
    const query = new URLSearchParams({ run_id: runId, metric_key: key });
    return (await this.#ask(`metrics/get-history?${query}`, z.object({ metrics: points }))).metrics;
  }

  async files(runId: string, path = ''): Promise<string[]> {
    const query = new URLSearchParams({ run_id: runId, path });
    const found = (await this.#ask(`artifacts/list?${query}`, z.object({ files }))).files;
    const names = found.map((file) => (file.is_dir ? this.files(runId, file.path) : [file.path]));
    return (await Promise.all(names)).flat().sort();
  }

  async aliases(): Promise<Record<string, string>> {
    const model = z.object({ registered_model: z.object({ aliases }) });
    const name = new URLSearchParams({ name: this.#name });
    const found = (await this.#ask(`registered-models/get?${name}`, model)).registered_model.aliases;
    return Object.fromEntries(found.map(({ alias, version }) => [alias, version]));
  }

  async versionTags(version: string): Promise<Record<string, string>> {
    const answer = z.object({ model_version: z.object({ tags: z.array(pair).default([]).transform(asRecord) }) });
    const query = new URLSearchParams({ name: this.#name, version });
    return (await this.#ask(`model-versions/get?${query}`, answer)).model_version.tags;
  }

  /** Runs with their whole curves and files, versions and aliases: equal before and after what must change nothing. */
  async everything(): Promise<unknown> {
    const versions = z.object({ model_versions: z.array(z.object({ version: z.string(), run_id: z.string() })) });
    const filter = new URLSearchParams({ filter: `name='${this.#name}'` });
    const runs = await this.runs();
    const details = runs.map(async ({ info, data }) => {
      const curves = Object.keys(data.metrics).map((key) => this.history(info.run_id, key));
      return { info, data, curves: await Promise.all(curves), files: await this.files(info.run_id) };
    });
    return {
      runs: await Promise.all(details),
      versions: (await this.#ask(`model-versions/search?${filter}`, versions)).model_versions,
      aliases: await this.aliases(),
    };
  }

  async #ask<T>(path: string, answer: z.ZodType<T>, body?: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const post = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
    return answer.parse(await (await fetch(`${this.#url}/${path}`, post)).json());
  }
}
