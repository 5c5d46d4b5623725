import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusteringParams } from '../clustering/clustering-params.ts';
import { clusteringStages } from '../clustering/stages/stages.ts';
import { DirectoryStageContext } from '../pipelines/directory-context.ts';
import type { Json, Stage } from '../pipelines/stage.ts';
import { convertTable } from '../uploads/convert-table.ts';

const LIMITS = { bytes: 1e9, rows: 1e6, columns: 1000 };

/** A folder with the table of a CSV text, as an upload leaves it. */
export function tableFolder(csv: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-clustering-'));
  const file = join(folder, 'upload.csv');
  writeFileSync(file, csv);
  convertTable({ file, target: join(folder, 'table.bin'), limits: LIMITS }, () => undefined);
  return folder;
}

export async function runStage(folder: string, stage: Stage, params: Record<string, Json>) {
  const metrics: { key: string; value: number; step: number | undefined }[] = [];
  const context = await DirectoryStageContext.open(folder, {
    params,
    seed: 7,
    threads: 1,
    onMetric: (key, value, step) => metrics.push({ key, value, step }),
  });
  const { summary } = await stage.run(context);
  await context.outputJson(`summary.${stage.name}`, summary);
  return { context, summary, metrics };
}

/** The stages of a clustering up to that one, over a folder. @returns the last one's context and summary. */
export async function clusterFolder(folder: string, params: Record<string, unknown>, until = 'clustering') {
  const parsed = clusteringParams.parse(params) as unknown as Record<string, Json>;
  const last = clusteringStages.findIndex(({ name }) => name === until);
  let done: Awaited<ReturnType<typeof runStage>> | undefined;
  for (const stage of clusteringStages.slice(0, last + 1)) done = await runStage(folder, stage, parsed);
  if (!done) throw new Error(`there is no stage ${until}`);
  return done;
}
