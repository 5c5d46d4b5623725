/** The thread of chart-thread.ts. */
import { answerQuestions } from '../threads/question-thread.ts';
import type { ChartOption } from './chart.ts';
import { chartSvg, svgToPng } from './render-chart.ts';

answerQuestions((option: ChartOption) => svgToPng(chartSvg(option)));
