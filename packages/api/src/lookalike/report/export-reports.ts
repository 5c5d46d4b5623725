/**
 * Puts what a run has reported into a folder for people and for DVC's metrics and plots:
 * `node packages/api/src/lookalike/report/export-reports.ts <folder of the run> <reports>`.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exportGreatExpectations } from '../../quality/export-great-expectations.ts';
import { distributions } from './distributions.ts';
import { SOURCES } from './report-sources.ts';

const judged = z.object({
  queries: z.array(z.object({ brand: z.int(), day: z.int() })),
  averagePrecision: z.array(z.number()),
});

type Cell = string | number | boolean | null;

function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell) => {
    const text = value === null ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

const [folder, reports] = process.argv.slice(2);
if (!folder || !reports) {
  console.error('usage: export-reports <folder of the run> <reports>');
  process.exit(2);
}

async function read<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
}

await mkdir(reports, { recursive: true });
const copied = ['report.html', 'report.json', 'validation.json', 'drift.json'];
for (const name of copied) await copyFile(join(folder, name), join(reports, name));

await exportGreatExpectations(folder, join(reports, 'great_expectations'));

const validate = await read('summary.validate', SOURCES['summary.validate']);
const drift = await read('summary.drift', SOURCES['summary.drift']);
const train = await read('summary.train', SOURCES['summary.train']);
const metrics = {
  data: (await read('summary.ingest', SOURCES['summary.ingest'])).row_counts,
  validation: { checks_total: validate.checks_total, checks_passed: validate.checks_passed },
  drift: { score: drift.drift_score, detected: Number(drift.drift_detected) },
  model: train.metrics,
};
await writeFile(join(reports, 'metrics.json'), `${JSON.stringify(metrics, null, 2)}\n`);

const { queries, averagePrecision } = await read('judged.json', judged);
const questions = queries.map(({ day, brand }, index) => [index + 1, day, brand, averagePrecision[index] ?? null]);
await writeFile(join(reports, 'holdout.csv'), csv(['question', 'day', 'brand', 'average_precision'], questions));

const mixes = distributions(await read('drift-profile.json', SOURCES['drift-profile.json']), undefined);
const shares = mixes.flatMap(({ name, bars }) => bars.map(({ label, current }) => [name, label, current]));
await writeFile(join(reports, 'distributions.csv'), csv(['feature', 'label', 'share'], shares));
