/** Reduction by an autoencoder, and one that an earlier job has fitted, over REST. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

/** Columns that two hidden numbers make up, so that two are enough to give them back. */
function measures(rows: number, seed: number, columns: readonly string[]): string {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff - 0.5;
  };
  const lines = [columns.join(',')];
  for (let row = 0; row < rows; row++) {
    const [a, b] = [uniform() + (row % 2), uniform()];
    lines.push(columns.map((_, at) => (a * Math.cos(at) + b * Math.sin(at) + 0.05 * uniform()).toFixed(4)).join(','));
  }
  return `${lines.join('\n')}\n`;
}

let server: TestServer;

async function upload(name: string, text: string): Promise<string> {
  const form = new FormData();
  form.set('name', name);
  form.set('file', new File([text], `${name}.csv`));
  const response = await fetch(`${server.url}/api/datasets/`, { method: 'POST', body: form });
  return ((await response.json()) as { id: string }).id;
}

async function call(method: string, path: string, body?: unknown) {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${server.url}/api/clustering-jobs/${path}`, { method, ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, text, json: isJson ? JSON.parse(text) : undefined };
}

async function idle(id: string) {
  for (;;) {
    const { json } = await call('GET', `${id}/`);
    if (!json.running) return json;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const STAGES = ['preprocess', 'feature_selection', 'dimensionality_reduction'];
const make = (dataset: string, dimensionality_reduction: Record<string, unknown>, method = 'autoencoder') =>
  call('POST', '', {
    dataset,
    parameters: {
      dimensionality_reduction_method: method,
      dimensionality_reduction,
      clustering: { n_clusters: 2 },
      visualization: { charts: [] },
    },
  });

async function runStages(id: string, stages = STAGES) {
  for (const stage of stages) {
    expect((await call('POST', `${id}/${stage}/`)).status).toBe(202);
    expect(await idle(id)).toMatchObject({ error: null });
  }
}

beforeAll(async () => {
  server = await startTestServer({}, {});
  await server.app.start();
});
afterAll(() => server.dispose());

describe('a reduction by an autoencoder', () => {
  let [first, others, wider, job] = ['', '', '', ''];

  beforeAll(async () => {
    first = await upload('first', measures(400, 1, ['a', 'b', 'c', 'd']));
    others = await upload('others', measures(300, 2, ['d', 'a', 'c', 'b']));
    wider = await upload('wider', measures(100, 3, ['a', 'b', 'c', 'e']));
  });

  it('is fitted, tells the course of its loss, and what each row loses', async () => {
    const made = await make(first, { encoding_dim: 2, hidden_layers: [8], epochs: 60, learning_rate: 0.01 });
    expect(made.status).toBe(201);
    job = made.json.id;
    await runStages(job);
    const reduced = await call('GET', `${job}/files/reduced.csv/`);
    expect(reduced.text.split('\n')[0]).toBe('index,autoencoder_1,autoencoder_2');
    const errors = await call('GET', `${job}/files/reduced.errors.csv/`);
    expect(errors.text.trim().split('\n')).toHaveLength(401);
    const em = server.app.database.fork();
    const losses = await em.execute<{ key: string; step: number; value: number }[]>(
      `select "key", step, value from metric where job_id = ? and stage = 'dimensionality_reduction' order by step`,
      [job],
    );
    const own = losses.filter(({ key }) => key === 'loss');
    expect(own.length).toBeGreaterThan(3);
    expect(own.at(-1)?.value).toBeLessThan((own[0]?.value ?? 0) / 2);
    expect(losses.some(({ key }) => key === 'validation_loss')).toBe(true);
  });

  it('is taken over by a job on other rows, whatever the order of their columns', async () => {
    const made = await make(others, { from_job: job });
    expect([made.status, made.json.parameters?.dimensionality_reduction]).toEqual([201, { from_job: job }]);
    const { id } = made.json;
    await runStages(id);
    const [model, same] = await Promise.all(
      [job, id].map(async (one) => (await call('GET', `${one}/files/reduced.model/`)).text),
    );
    expect(same).toBe(model);
    // A job on the first rows again gives them the codes that they have.
    const again = (await make(first, { from_job: job })).json.id;
    await runStages(again);
    expect((await call('GET', `${again}/files/reduced.csv/`)).text).toBe(
      (await call('GET', `${job}/files/reduced.csv/`)).text,
    );
  });

  it('is refused where there is none, or its columns or method do not fit', async () => {
    const refusal = async (made: Promise<{ status: number; json: { detail?: string } }>) => {
      const { status, json } = await made;
      return `${status} ${json.detail}`;
    };
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect(await refusal(make(first, { from_job: nobody }))).toMatch(/^400 .*no clustering job/);
    expect(await refusal(make(first, { from_job: 'x' }))).toMatch(/^400 .*from_job/);
    expect(await refusal(make(first, { from_job: job, epochs: 3 }))).toMatch(/^400 .*epochs/);
    expect(await refusal(make(first, { from_job: job }, 'pca'))).toMatch(/^400 .*reduces by autoencoder, not by pca/);
    expect(await refusal(make(wider, { from_job: job }))).toMatch(/^400 .*it needs d/);
    expect(await refusal(make(first, { from_job: job }, 'tsne'))).toMatch(/^400 .*from_job: .*t-SNE/);
    const waiting = (await make(first, {})).json.id;
    expect(await refusal(make(first, { from_job: waiting }))).toMatch(/^400 .*not fitted/);
  });

  it('is refused before its stage where the columns turn out to be others', async () => {
    const more = await upload('more', measures(100, 5, ['a', 'b', 'c', 'd', 'e']));
    const { id } = (await make(more, { from_job: job })).json;
    await runStages(id, STAGES.slice(0, 2));
    const { status, json } = await call('POST', `${id}/dimensionality_reduction/`);
    expect([status, json.detail]).toEqual([400, expect.stringContaining('it does not know e')]);
    expect((await call('POST', `${id}/execute_all_steps/`)).status).toBe(202);
    expect(await idle(id)).toMatchObject({ status: 'Failed', error: expect.stringContaining('it does not know e') });
  });
});
