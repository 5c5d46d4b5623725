/** How this machine compares with the one that method-seconds.ts was measured on. */

/** Seconds that `spin` takes on that machine. */
const REFERENCE_SECONDS = 0.0152;
const REFERENCE_THREADS = 2;
/** Of a fit's time on one thread, what does not become less with more of them. */
const SERIAL_SHARE = 0.3;
const TURNS = 3;

/** Sums and products over some kilobytes, as fits are made of: the least of a few turns, by the processor's time, so that a busy moment says nothing. */
function measure(): number {
  const values = Float64Array.from({ length: 4096 }, (_, at) => 1 + at / 4096);
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TURNS; turn++) {
    const start = process.threadCpuUsage();
    let sum = 0;
    for (let round = 0; round < 4000; round++)
      for (let at = 0; at < values.length; at++) sum += (values[at] - round) * (values[at] - round);
    const { user, system } = process.threadCpuUsage(start);
    best = Math.min(best, (user + system) / 1e6);
    values[0] = sum > 0 ? 1 : 0;
  }
  return best;
}

let measured: number | undefined;

/** Seconds here for one second there, with so many threads; measured once, which takes some hundredths of a second. */
export function machineFactor(threads: number): number {
  measured ??= measure();
  const share = (count: number) => SERIAL_SHARE + (1 - SERIAL_SHARE) / count;
  return (measured / REFERENCE_SECONDS) * (share(threads) / share(REFERENCE_THREADS));
}
