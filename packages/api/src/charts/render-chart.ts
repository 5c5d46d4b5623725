/** Draws charts without a browser: in compute processes, never on the loop that serves. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { init } from 'echarts';
import { CHART_SIZE, type ChartOption, type ChartSize } from './chart.ts';

/** A server mostly has no fonts of its own. DejaVu has Cyrillic. */
const FONTS = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const FONT_FILES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(FONTS, name));

export function chartSvg(option: ChartOption, size: ChartSize = CHART_SIZE): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: size.width, height: size.height });
  try {
    chart.setOption(option);
    // ECharts numbers what it has drawn since the process began; and a picture needs no styles for the mouse.
    return chart
      .renderToSVGString()
      .replace(/<style\s*>.*?<\/style>/s, '')
      .replace(/ class="zr\d+-[\w-]+"/g, '')
      .replace(/\bzr\d+-/g, 'zr-');
  } finally {
    chart.dispose();
  }
}

/** @param scale pixels of the picture per pixel of the chart; 1.5 is sharp on most screens at half the bytes of 2. */
export function svgToPng(svg: string, scale = 1.5): Buffer {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  });
  return drawing.render().asPng();
}
