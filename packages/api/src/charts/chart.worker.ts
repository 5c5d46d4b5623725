/** A thread of chart-thread.ts: draws one chart after the other. */
import { parentPort } from 'node:worker_threads';
import type { ChartRequest } from './chart-thread.ts';
import { chartSvg, svgToPng } from './render-chart.ts';

parentPort?.on('message', ({ id, option }: ChartRequest) => {
  try {
    parentPort?.postMessage({ id, png: svgToPng(chartSvg(option)) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
