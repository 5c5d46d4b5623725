/** What a run has reported, as files for people and for DVC's metrics and plots. */
import { z } from 'zod';
import type { Reports } from '../../pipelines/pipeline.ts';
import { distributions } from './distributions.ts';
import { SOURCES } from './report-sources.ts';

const judged = z.object({
  queries: z.array(z.object({ brand: z.int(), day: z.int() })),
  averagePrecision: z.array(z.number()),
});

const COPIED = ['report.html', 'report.json', 'validation.json', 'drift.json', 'drift.html', 'evidently.json'] as const;

type Cell = string | number | boolean | null;

function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell) => {
    const text = value === null ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

/** A version that nothing was trained on has neither metrics of a model nor holdout questions. */
export const lookalikeReports: Reports = {
  inputs: [
    ...COPIED,
    'summary.ingest',
    'summary.validate',
    'summary.drift',
    'summary.train',
    'judged.json',
    'drift-profile.json',
  ],
  async files(read) {
    const parsed = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
      const bytes = await read(name);
      return bytes && schema.parse(JSON.parse(bytes.toString('utf8')));
    };
    const files = new Map<string, string | Buffer>();
    for (const name of COPIED) {
      const bytes = await read(name);
      if (bytes) files.set(name, bytes);
    }
    const ingest = await parsed('summary.ingest', SOURCES['summary.ingest']);
    const validate = await parsed('summary.validate', SOURCES['summary.validate']);
    const drift = await parsed('summary.drift', SOURCES['summary.drift']);
    const train = await parsed('summary.train', SOURCES['summary.train']);
    const metrics = {
      data: ingest?.row_counts,
      validation: validate && { checks_total: validate.checks_total, checks_passed: validate.checks_passed },
      drift: drift && { score: drift.drift_score, detected: Number(drift.drift_detected) },
      model: train?.metrics,
    };
    files.set('metrics.json', `${JSON.stringify(metrics, null, 2)}\n`);
    const questions = await parsed('judged.json', judged);
    if (questions) {
      const rows = questions.queries.map(({ day, brand }, index) => [
        index + 1,
        day,
        brand,
        questions.averagePrecision[index] ?? null,
      ]);
      files.set('holdout.csv', csv(['question', 'day', 'brand', 'average_precision'], rows));
    }
    const profile = await parsed('drift-profile.json', SOURCES['drift-profile.json']);
    if (profile) {
      const shares = distributions(profile, undefined).flatMap(({ name, bars }) =>
        bars.map(({ label, current }) => [name, label, current]),
      );
      files.set('distributions.csv', csv(['feature', 'label', 'share'], shares));
    }
    return files;
  },
  plots: [
    {
      title: 'Average precision of the holdout questions',
      file: 'holdout.csv',
      plot: { x: 'question', y: 'average_precision', template: 'scatter' },
    },
    {
      title: 'Distributions',
      file: 'distributions.csv',
      plot: { x: 'share', y: 'label', template: 'bar_horizontal' },
    },
    {
      title: 'History of drift',
      file: 'history.csv',
      plot: { x: 'revision', y: 'drift.score', template: 'linear' },
    },
    {
      title: 'History of the model',
      file: 'history.csv',
      plot: { x: 'revision', y: 'model.map_at_100', template: 'linear' },
    },
  ],
};
