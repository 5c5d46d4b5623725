import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import { QUICK } from '../fixtures/bank-world.ts';
import { type Bank, smallBank } from '../fixtures/small-bank.ts';
import { writeVersion } from '../fixtures/write-version.ts';
import { reportStage } from './report.ts';
import { lookalikeStages } from './stages.ts';

interface Run {
  readonly folder: string;
  readonly report: Record<string, unknown>;
  readonly html: string;
}

let root = '';
let runs = 0;
let first: Run;

/** All stages as the runner would run them: nothing after a stop and no skipped ones, but the report always. */
async function run(bank: Partial<Bank>, given: Readonly<Record<string, string>> = {}): Promise<Run> {
  const folder = join(root, `v${++runs}`);
  await writeVersion(folder, bank, { version: `v${runs}` });
  for (const [name, path] of Object.entries(given)) await copyFile(path, join(folder, name));
  const context = await DirectoryStageContext.open(folder, {
    threads: 1,
    memoryBytes: 512 * 2 ** 20,
    params: QUICK,
    seed: 1,
  });
  const skipped = new Set<string>();
  let stopped = false;
  for (const stage of lookalikeStages) {
    if (skipped.has(stage.name) || (stopped && !stage.always)) continue;
    const { summary, stop, skip } = await stage.run(context);
    await context.outputJson(`summary.${stage.name}`, summary);
    for (const name of skip ?? []) skipped.add(name);
    stopped ||= stop ?? false;
  }
  return { folder, ...(await reportOf(folder)) };
}

async function reportOf(folder: string) {
  const html = await readFile(join(folder, 'report.html'), 'utf8');
  return { html, report: JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) };
}

const bank = (segmentMix = 0) => smallBank({ users: 400, days: 90, offers: 60, segmentMix });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindred-report-'));
  first = await run(bank());
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('the report', () => {
  test('is the last stage and runs always', () => {
    expect(lookalikeStages.at(-1)).toBe(reportStage);
    expect(reportStage.always).toBe(true);
  });

  test('of a first version: all parts, the metrics of the model, no reference to compare with', async () => {
    const trained = JSON.parse(await readFile(join(first.folder, 'summary.train'), 'utf8'));
    expect(first.report).toMatchObject({
      version: 'v1',
      outcome: 'retrained',
      validation: { valid: true },
      decision: { train: true },
      model: { metrics: trained.metrics },
      publish: { published: true },
    });
    for (const heading of ['Decision', 'Validation', 'Drift', 'Distributions', 'Model'])
      expect(first.html).toContain(`<h2>${heading}</h2>`);
    expect(first.html).toContain('expect_column_values_to_not_be_null');
    expect(first.html).not.toContain('class="before"');
  });

  test('is one page: no scripts, nothing to load', () => {
    expect(first.html).not.toMatch(/<script|<link|src=|href=|@import|url\(/i);
  });

  test('of a version that drifted shows each feature with both distributions', async () => {
    const { report, html } = await run(bank(0.5), {
      'baseline.json': join(first.folder, 'profile.json'),
      'reference.json': join(first.folder, 'drift-profile.json'),
      'champion.bin': join(first.folder, 'model.bin'),
    });
    expect(report).toMatchObject({ drift: { drift_detected: true, reference_version: 'v1' } });
    expect(html).toMatch(/>segment<\/td>.*drifted/);
    expect(html).toContain('class="before"');
  });

  test('of drift: a page and a snapshot for Evidently, small, dated by the data, the same when made again', async () => {
    const { folder } = await run(bank(0.5), {
      'baseline.json': join(first.folder, 'profile.json'),
      'reference.json': join(first.folder, 'drift-profile.json'),
      'champion.bin': join(first.folder, 'model.bin'),
    });
    const read = () =>
      Promise.all(['drift.html', 'evidently.json'].map((name) => readFile(join(folder, name), 'utf8')));
    const [page, snapshot] = await read();
    expect(page.length).toBeLessThan(150_000);
    expect(page).toMatch(/<article class="card drifted" id="column-segment">/);
    const { last } = JSON.parse(await readFile(join(folder, 'drift-profile.json'), 'utf8'));
    const { timestamp, top_level_metrics: metrics } = JSON.parse(snapshot);
    expect(timestamp).toBe(`${last}T00:00:00`);
    expect(metrics.length).toBeGreaterThan(10);
    await reportStage.run(await DirectoryStageContext.open(folder));
    expect(await read()).toEqual([page, snapshot]);
    const chosen = { segment: { method: 'psi', threshold: 0.3 } };
    await reportStage.run(await DirectoryStageContext.open(folder, { params: { driftMethods: chosen } }));
    const [other] = await read();
    expect(other).toMatch(/id="column-segment">[\s\S]*?<dd>PSI<\/dd>[\s\S]*?<dd>0\.3<\/dd>/);
  });

  test('of a version without drift says that the model was kept', async () => {
    const { report, html } = await run(bank(), {
      'baseline.json': join(first.folder, 'profile.json'),
      'reference.json': join(first.folder, 'drift-profile.json'),
      'champion.bin': join(first.folder, 'model.bin'),
    });
    expect(report).toMatchObject({ outcome: 'model kept', model: null });
    expect(html).not.toContain('<h2>Model</h2>');
  });

  test('of an invalid version lists what failed, although nothing else ran', async () => {
    const { people, ...rest } = bank();
    const { report, html } = await run({ ...rest, people: people.slice(0, 0) });
    expect(report).toMatchObject({ outcome: 'invalid data', decision: null, drift: null });
    expect(html).toContain('class="bad">critical');
  });

  test('leaves out what it does not understand, and escapes what it shows', async () => {
    await writeFile(join(first.folder, 'drift.json'), '{"features":"many"}');
    await writeFile(
      join(first.folder, 'summary.decide'),
      JSON.stringify({ train: true, reason: '<script>alert(1)</script>' }),
    );
    const left: string[] = [];
    const context = await DirectoryStageContext.open(first.folder, { onLog: (message) => left.push(message) });
    const { summary } = await reportStage.run(context);
    expect(summary.outcome).toBe('retrained');
    expect(left.join()).toContain('drift.json');
    const { html } = await reportOf(first.folder);
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).not.toContain('<script');
  });
});
