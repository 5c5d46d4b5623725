import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChartOption } from '../charts/chart.ts';
import type { Json, StageContext } from '../pipelines/stage.ts';

/** Writes a chart as the option of an interactive one, as SVG and as PNG. */
export async function outputChart(context: StageContext, name: string, option: ChartOption): Promise<void> {
  // Only who draws loads what draws: the process that serves knows this stage too.
  const { chartSvg, svgToPng } = await import('../charts/render-chart.ts');
  await context.outputJson(`chart.${name}.json`, option as Json);
  const svg = chartSvg(option);
  for (const [kind, bytes] of [
    ['svg', svg],
    ['png', svgToPng(svg)],
  ] as const) {
    const file = join(context.scratch, `${name}.${kind}`);
    await writeFile(file, bytes);
    await context.output(`chart.${name}.${kind}`, file);
  }
}
