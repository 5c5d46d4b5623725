export interface Latency {
  /** In the window. */
  readonly requests: number;
  readonly refused: number;
  readonly perSecond: number;
  /** In milliseconds; null without requests. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Seconds that the window looks back. */
export const WINDOW_SECONDS = 60;

/** From a twentieth of a millisecond on, each bucket is 8 % wider than the one before; the last is for minutes. */
const FIRST_MS = 0.05;
const GROWTH = Math.log(1.08);
const BUCKETS = 200;

interface Slot {
  second: number;
  readonly counts: Uint32Array;
  refused: number;
}

/** Times of the last minute, as counts: quantiles are right within 4 %, and take the same memory whatever comes. */
export class LatencyWindow {
  readonly #slots: Slot[] = Array.from({ length: WINDOW_SECONDS }, () => ({
    second: -1,
    counts: new Uint32Array(BUCKETS),
    refused: 0,
  }));

  record(ms: number, refused: boolean, now = Date.now()): void {
    const second = Math.floor(now / 1000);
    const slot = this.#slots[second % WINDOW_SECONDS];
    if (!slot) return;
    if (slot.second !== second) {
      slot.second = second;
      slot.counts.fill(0);
      slot.refused = 0;
    }
    const bucket = Math.floor(Math.log(ms / FIRST_MS) / GROWTH);
    const at = Math.min(Math.max(bucket, 0), BUCKETS - 1);
    slot.counts[at] = (slot.counts[at] ?? 0) + 1;
    if (refused) slot.refused++;
  }

  summary(now = Date.now()): Latency {
    const second = Math.floor(now / 1000);
    const counts = new Float64Array(BUCKETS);
    let requests = 0;
    let refused = 0;
    for (const slot of this.#slots) {
      if (slot.second <= second - WINDOW_SECONDS || slot.second > second) continue;
      refused += slot.refused;
      slot.counts.forEach((count, bucket) => {
        counts[bucket] = (counts[bucket] ?? 0) + count;
        requests += count;
      });
    }
    const quantile = (share: number) => (requests === 0 ? null : valueAt(counts, share * requests));
    const perSecond = requests / WINDOW_SECONDS;
    return { requests, refused, perSecond, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
  }
}

/** The middle of the bucket that the rank falls into. */
function valueAt(counts: Float64Array, rank: number): number {
  let before = 0;
  let bucket = 0;
  for (; bucket < BUCKETS - 1; bucket++) {
    before += counts[bucket] ?? 0;
    if (before >= rank) break;
  }
  return FIRST_MS * Math.exp(GROWTH * (bucket + 0.5));
}
