import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { CHART_MAKERS } from '../charts/chart-makers.ts';
import { stageParams } from '../clustering-params.ts';
import { readLabels } from '../labels-file.ts';
import { outputChart } from '../output-chart.ts';
import { type PointMap, pointMapBytes, pointsName } from '../point-map/point-file.ts';
import { readRowMatrix } from '../row-matrix.ts';

/** Draws the clustering: each picture as the option of an interactive chart, as SVG and as PNG. */
export const visualizationStage: Stage = {
  name: 'visualization',
  codeVersion: 4,
  inputs: [TABLE, 'preprocessed.bin', 'reduced.bin', 'labels.bin', 'clusterer.model'],
  params: ['visualization', 'clustering', 'geo'],
  weight: 20,
  async run(context) {
    const params = stageParams(context).visualization;
    const data = {
      preprocessed: await readRowMatrix(context, 'preprocessed.bin'),
      reduced: await readRowMatrix(context, 'reduced.bin'),
      ...(await readLabels(context)),
    };
    const made: string[] = [];
    const left: { chart: string; why: string }[] = [];
    for (const [at, name] of params.charts.entries()) {
      context.signal.throwIfAborted();
      context.progress(at / params.charts.length, name);
      const chart = await CHART_MAKERS[name](data, params, context);
      if ('why' in chart) {
        left.push({ chart: name, why: chart.why });
        continue;
      }
      await outputChart(context, name, chart.option);
      if (chart.points) await outputPoints(context, name, chart.points);
      made.push(name);
    }
    return { summary: { charts: made, left } };
  },
};

/** What the interactive page of the chart asks for, window by window. */
async function outputPoints(context: StageContext, name: string, points: PointMap): Promise<void> {
  const file = join(context.scratch, `${name}.points`);
  await writeFile(file, pointMapBytes(points));
  await context.output(pointsName(name), file);
}
