/** From the seconds of the models to what may be expected here. */
import { machineFactor } from './machine-speed.ts';
import { type Pace, paceKey } from './past-stages.ts';

/** Between these a stage, or all of them, will most likely take. */
export interface Seconds {
  readonly low: number;
  readonly high: number;
}

/** Of a stage that has not run here: the models hold for a calm machine and tables of some structure. */
const UNKNOWN = { low: 1 / 2, high: 3 };
/** Beyond what the past runs lie between. */
const MARGIN = 1.25;

/** @param paces of earlier runs, which count for more than the speed of the machine. */
export function expectedTime(
  { stage, method, seconds }: { readonly stage: string; readonly method: string | null; readonly seconds: number },
  paces: ReadonlyMap<string, Pace>,
  threads: number,
): Seconds {
  const pace = paces.get(paceKey(stage, method));
  if (pace) return { low: (seconds * pace.low) / MARGIN, high: seconds * pace.high * MARGIN };
  const here = seconds * machineFactor(threads);
  return { low: here * UNKNOWN.low, high: here * UNKNOWN.high };
}

export const together = (parts: readonly Seconds[]): Seconds => ({
  low: parts.reduce((sum, { low }) => sum + low, 0),
  high: parts.reduce((sum, { high }) => sum + high, 0),
});
