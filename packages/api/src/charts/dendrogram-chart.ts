import { type ChartOption, chartBase, clusterColour } from './chart.ts';

/** A tree of merges over `leaves` groups of rows: merge m joins two nodes into node leaves + m. Heights never fall. */
export interface MergeTree {
  /** Rows of each leaf. */
  readonly counts: ArrayLike<number>;
  /** Two nodes for each merge. */
  readonly children: ArrayLike<number>;
  readonly heights: ArrayLike<number>;
}

export interface Cut {
  readonly height: number;
  /** What the branches below it are coloured by: a label of each leaf. */
  readonly labels: ArrayLike<number>;
}

const TRUNK = '#5f6368';

/** Branches as brackets, leaves named by how many rows they stand for; with a cut, clusters by colour. */
export function dendrogramChart(tree: MergeTree, title: string, cut?: Cut): ChartOption {
  const { counts, children, heights } = tree;
  const leaves = counts.length;
  const places = leafPlaces(tree);
  const x = new Float64Array(leaves + heights.length);
  const top = new Float64Array(leaves + heights.length);
  const label = new Int32Array(leaves + heights.length).fill(-2);
  places.forEach((place, leaf) => {
    x[leaf] = place;
    if (cut) label[leaf] = cut.labels[leaf];
  });
  const brackets = Array.from(heights, (height, merge) => {
    const [a, b] = [children[2 * merge], children[2 * merge + 1]];
    const node = leaves + merge;
    x[node] = (x[a] + x[b]) / 2;
    top[node] = height;
    if (cut && height <= cut.height && label[a] === label[b]) label[node] = label[a];
    return {
      coords: [
        [x[a], top[a]],
        [x[a], height],
        [x[b], height],
        [x[b], top[b]],
      ],
      lineStyle: { color: label[node] === -2 ? TRUNK : clusterColour(label[node]) },
    };
  });
  const names: string[] = [];
  places.forEach((place, leaf) => {
    names[place] = counts[leaf] === 1 ? '1 row' : `${counts[leaf]} rows`;
  });
  const highest = heights.length > 0 ? heights[heights.length - 1] : 1;
  const base = chartBase(title, `${leaves} branches; the name of each is the number of its rows`);
  return {
    ...base,
    grid: { left: 72, right: 32, top: 76, bottom: 84 },
    xAxis: [
      {
        type: 'category',
        data: names,
        axisLabel: { rotate: 60, fontSize: 10, interval: 0 },
        axisTick: { show: false },
      },
      { type: 'value', min: -0.5, max: leaves - 0.5, show: false },
    ],
    yAxis: {
      type: 'value',
      name: 'height',
      nameLocation: 'middle',
      nameGap: 44,
      axisLine: { onZero: false },
      min: 0,
      max: highest > 0 ? 1.04 * highest : 1,
      axisLabel: { showMaxLabel: false },
    },
    series: [
      {
        type: 'lines',
        coordinateSystem: 'cartesian2d',
        xAxisIndex: 1,
        polyline: true,
        silent: true,
        lineStyle: { width: 1.6, opacity: 1 },
        data: brackets,
      },
      ...(cut ? [cutLine(cut.height, leaves)] : []),
    ],
  };
}

const cutLine = (height: number, leaves: number) => ({
  type: 'lines' as const,
  coordinateSystem: 'cartesian2d' as const,
  xAxisIndex: 1,
  polyline: true,
  silent: true,
  lineStyle: { width: 1.4, opacity: 1, type: 'dashed' as const, color: '#b3261e' },
  data: [
    {
      coords: [
        [-0.5, height],
        [leaves - 0.5, height],
      ],
    },
  ],
});

/** The place of each leaf from left to right such that no branches cross. */
function leafPlaces({ counts, children, heights }: MergeTree): Int32Array {
  const leaves = counts.length;
  const places = new Int32Array(leaves);
  const open = [leaves + heights.length - 1];
  let place = 0;
  while (open.length > 0) {
    const node = open.pop() ?? 0;
    if (node < leaves) places[node] = place++;
    else open.push(children[2 * (node - leaves) + 1], children[2 * (node - leaves)]);
  }
  return places;
}
