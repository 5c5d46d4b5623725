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
    }));
    return { window, cells, points: inside.length, exact: true };
  }
  for (let across = Math.ceil(Math.sqrt(4 * most)); ; across = Math.floor(across / 1.25)) {
    const cells = gridCells(points, inside, window, Math.max(1, across));
    if (cells.length <= most || across <= 1) {
      cells.sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y);
      return { window, cells, points: inside.length, exact: false };
    }
  }
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

function gridCells({ x, y, labels }: Points, inside: Int32Array, window: Window, across: number): Cell[] {
  const place = (value: number, [low, high]: readonly [number, number]) =>
    Math.min(across - 1, Math.floor(((value - low) / (high - low)) * across));
  const found = new Map<number, { x: number; y: number; count: number; labels: Map<number, number> }>();
  for (const at of inside) {
    const key = place(y[at], window.y) * across + place(x[at], window.x);
    let cell = found.get(key);
    if (!cell) {
      cell = { x: 0, y: 0, count: 0, labels: new Map() };
      found.set(key, cell);
    }
    cell.x += x[at];
    cell.y += y[at];
    cell.count++;
    cell.labels.set(labels[at], (cell.labels.get(labels[at]) ?? 0) + 1);
  }
  return [...found.values()].map((cell) => {
    const [label] = [...cell.labels].reduce((best, one) =>
      one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best,
    );
    return { x: cell.x / cell.count, y: cell.y / cell.count, label, count: cell.count };
  });
}
