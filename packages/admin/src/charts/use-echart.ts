import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { useLocaleState } from 'react-admin';
import { echartsLocale } from './echarts-locale.ts';

/**
 * Keeps a chart in the element of the ref for as long as that is there, as wide as it is, showing the option in the console's language. `make`
 * is the same function each time.
 */
export function useEChart(make: (frame: HTMLElement, locale: string) => ECharts, option: EChartsCoreOption) {
  const [language] = useLocaleState();
  const locale = echartsLocale(language);
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  useEffect(() => {
    if (!frame.current) return;
    const made = make(frame.current, locale);
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(frame.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, [make, locale]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart of another language is a new one, and empty
  useEffect(() => chart.current?.setOption(option, true), [option, locale]);
  return frame;
}
