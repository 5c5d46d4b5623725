import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';

/** Keeps a chart in the element of the ref for as long as that is there, as wide as it is, showing the option. `make` is the same function each time. */
export function useEChart(make: (frame: HTMLElement) => ECharts, option: EChartsCoreOption) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  useEffect(() => {
    if (!frame.current) return;
    const made = make(frame.current);
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(frame.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, [make]);
  useEffect(() => chart.current?.setOption(option, true), [option]);
  return frame;
}
