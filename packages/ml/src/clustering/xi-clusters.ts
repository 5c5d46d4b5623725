/** What OPTICS found, in the order of its visits. */
export interface ReachabilityPlot {
  readonly order: Int32Array;
  readonly reach: Float64Array;
  /** The row from which each was reached; -1: from none. */
  readonly near: Int32Array;
}

interface SteepDown {
  readonly start: number;
  readonly end: number;
  /** Greatest reach since its end. */
  between: number;
}

/**
 * Valleys of the plot between a steep way down and a steep way up (Ankerst, Breunig, Kriegel and Sander 1999, figure 19, with the
 * correction by predecessors of Schubert and Gertz 2018), as scikit-learn reads them. Of each way up the smaller ones come first.
 * @returns first and last place of each.
 */
function valleys(
  plot: ReachabilityPlot,
  xi: number,
  min_samples: number,
  min_cluster_size: number,
): [number, number][] {
  const count = plot.reach.length;
  const reach = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  reach.set(plot.reach);
  const keep = 1 - xi;
  const ratio = Float64Array.from({ length: count }, (_, at) => reach[at] / reach[at + 1]);
  const steepUp = (at: number) => ratio[at] <= keep;
  const steepDown = (at: number) => ratio[at] >= 1 / keep;
  const placeOf = new Int32Array(count);
  plot.order.forEach((row, place) => {
    placeOf[row] = place;
  });

  /** The end of the steep part that starts there: at most min_samples places in a row that are not steep, none the other way. */
  const extend = (start: number, steep: (at: number) => boolean, other: (at: number) => boolean): number => {
    let end = start;
    let flat = 0;
    for (let at = start; at < count; at++) {
      if (steep(at)) {
        flat = 0;
        end = at;
      } else if (other(at) || ++flat > min_samples) break;
    }
    return end;
  };

  /** Moves the end back to a row that was reached from within, or that is lower than the start. */
  const corrected = (start: number, end: number): number => {
    for (let at = end; at > start; at--) {
      if (reach[start] > reach[at]) return at;
      const from = plot.near[at] < 0 ? -1 : placeOf[plot.near[at]];
      if (from >= start && from < at) return at;
    }
    return -1;
  };

  const found: [number, number][] = [];
  let open: SteepDown[] = [];
  let next = 0;
  let between = 0;
  for (let at = 0; at < count; at++) {
    if (at < next || !(steepUp(at) || steepDown(at))) continue;
    for (let place = next; place <= at; place++) between = Math.max(between, reach[place]);
    open = between === Number.POSITIVE_INFINITY ? [] : open.filter(({ start }) => between <= reach[start] * keep);
    for (const down of open) down.between = Math.max(down.between, between);
    if (steepDown(at)) {
      const end = extend(at, steepDown, (place) => ratio[place] < 1);
      open.push({ start: at, end, between: 0 });
      next = end + 1;
      between = reach[next];
      continue;
    }
    const top = extend(at, steepUp, (place) => ratio[place] > 1);
    next = top + 1;
    between = reach[next];
    const own: [number, number][] = [];
    for (const down of open) {
      let start = down.start;
      let end = top;
      if (reach[end + 1] * keep < down.between) continue;
      const height = reach[down.start];
      if (height * keep >= reach[end + 1]) {
        while (reach[start + 1] > reach[end + 1] && start < down.end) start++;
      } else if (reach[end + 1] * keep >= height) {
        while (reach[end - 1] > height && end > at) end--;
      }
      end = corrected(start, end);
      if (end < 0 || end - start + 1 < min_cluster_size || start > down.end || end < at) continue;
      own.push([start, end]);
    }
    found.push(...own.reverse());
  }
  return found;
}

/** Labels by row, -1 for noise: the smallest valleys, none within another. */
export function xiLabels(
  plot: ReachabilityPlot,
  xi: number,
  min_samples: number,
  min_cluster_size: number,
): Int32Array {
  const labels = new Int32Array(plot.order.length).fill(-1);
  valleys(plot, xi, min_samples, min_cluster_size).forEach(([start, end], label) => {
    const rows = plot.order.subarray(start, end + 1);
    if (rows.every((row) => labels[row] < 0)) for (const row of rows) labels[row] = label;
  });
  return labels;
}
