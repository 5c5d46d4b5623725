/** Points by the cell of a grid that they lie in: what a chart of a hundred thousand points is drawn from. */
export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** -1 is noise. */
  readonly labels: ArrayLike<number>;
}

export interface Window {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export interface Cell {
  /** Mean of the points in it. */
  readonly x: number;
  readonly y: number;
  /** The label of most of them; of equals the smallest. */
  readonly label: number;
  readonly count: number;
  /** Which point it is, where it is one alone. */
  readonly at?: number;
}

export interface PointCells {
  readonly window: Window;
  /** Ordered by count, so that few points are drawn over many. */
  readonly cells: readonly Cell[];
  /** Points within the window. */
  readonly points: number;
  /** Every cell is one point. */
  readonly exact: boolean;
}

/** The smallest window that holds all points, a little widened so that none lies on the edge. */
export function windowOf({ x, y }: Points): Window {
  const rangeOf = (values: ArrayLike<number>): [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = 0; at < values.length; at++) {
      if (!Number.isFinite(values[at])) continue;
      low = Math.min(low, values[at]);
      high = Math.max(high, values[at]);
    }
    if (low > high) return [0, 1];
    const margin = high > low ? 0.02 * (high - low) : 0.5;
    return [low - margin, high + margin];
  };
  return { x: rangeOf(x), y: rangeOf(y) };
}

/**
 * @param most how many cells there may be. Up to so many points are given one by one; more are put together by a grid, the finest
 *   of those tried (each half as fine again) that has no more cells than that.
 */
export function pointCells(points: Points, most: number, window: Window = windowOf(points)): PointCells {
  const inside = pointsInside(points, window);
  if (inside.length <= most) {
    const cells = Array.from(inside, (at) => ({
      x: points.x[at],
      y: points.y[at],
      label: points.labels[at],
      count: 1,
      at,
    }));
    return { window, cells, points: inside.length, exact: true };
  }
  // Points may lie in small parts of the window only, as places on land do.
  let across = Math.ceil(Math.sqrt(64 * most));
  while (across > 1 && cellsInUse(points, inside, window, across) > most) {
    across = Math.max(1, Math.floor(across / 1.25));
  }
  const cells = gridCells(points, inside, window, across);
  cells.sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y);
  return { window, cells, points: inside.length, exact: false };
}

function pointsInside({ x, y }: Points, window: Window): Int32Array {
  const inside = new Int32Array(x.length);
  let count = 0;
  for (let at = 0; at < x.length; at++) {
    if (x[at] >= window.x[0] && x[at] <= window.x[1] && y[at] >= window.y[0] && y[at] <= window.y[1])
      inside[count++] = at;
  }
  return inside.subarray(0, count);
}

/** Cell of each point inside, row by row of the grid. */
function cellsOf({ x, y }: Points, inside: Int32Array, window: Window, across: number): Int32Array {
  const [left, bottom] = [window.x[0], window.y[0]];
  const [toColumn, toRow] = [across / (window.x[1] - left), across / (window.y[1] - bottom)];
  const cells = new Int32Array(inside.length);
  for (let i = 0; i < inside.length; i++) {
    const column = Math.min(across - 1, Math.floor((x[inside[i]] - left) * toColumn));
    const row = Math.min(across - 1, Math.floor((y[inside[i]] - bottom) * toRow));
    cells[i] = row * across + column;
  }
  return cells;
}

function cellsInUse(points: Points, inside: Int32Array, window: Window, across: number): number {
  const used = new Uint8Array(across * across);
  let count = 0;
  for (const cell of cellsOf(points, inside, window, across)) {
    count += 1 - used[cell];
    used[cell] = 1;
  }
  return count;
}

function gridCells(points: Points, inside: Int32Array, window: Window, across: number): Cell[] {
  const cells = cellsOf(points, inside, window, across);
  const count = new Int32Array(across * across);
  const [sumX, sumY] = [new Float64Array(count.length), new Float64Array(count.length)];
  for (let i = 0; i < cells.length; i++) {
    count[cells[i]]++;
    sumX[cells[i]] += points.x[inside[i]];
    sumY[cells[i]] += points.y[inside[i]];
  }
  const labels = commonestLabels(points.labels, inside, cells, count);
  const found: Cell[] = [];
  for (let cell = 0; cell < count.length; cell++) {
    const n = count[cell];
    if (n > 0) found.push({ x: sumX[cell] / n, y: sumY[cell] / n, label: labels[cell], count: n });
  }
  return found;
}

/** Of each cell the label of most of its points, of equals the smallest; the points are put in the order of cells for it. */
function commonestLabels(
  labels: ArrayLike<number>,
  inside: Int32Array,
  cells: Int32Array,
  count: Int32Array,
): Int32Array {
  const end = count.slice();
  for (let cell = 1; cell < end.length; cell++) end[cell] += end[cell - 1];
  const sorted = new Int32Array(inside.length);
  const next = end.map((last, cell) => last - count[cell]);
  for (let i = 0; i < cells.length; i++) sorted[next[cells[i]]++] = labels[inside[i]];
  const commonest = new Int32Array(count.length);
  for (let cell = 0; cell < count.length; cell++) {
    const own = sorted.subarray(end[cell] - count[cell], end[cell]).sort();
    for (let from = 0, most = 0, to = 0; from < own.length; from = to) {
      while (to < own.length && own[to] === own[from]) to++;
      if (to - from <= most) continue;
      most = to - from;
      commonest[cell] = own[from];
    }
  }
  return commonest;
}
