import type { SignedBar } from '../display/signed-bars.tsx';
import type { Reason } from './lookalike-documents.ts';

/** Steps that are drawn one by one; the rest would be slivers. */
const MOST_STEPS = 12;

interface Parts {
  readonly baseValue: number;
  readonly rawScore: number;
  readonly contributions: readonly Reason[];
}

interface Words {
  readonly base: string;
  readonly score: string;
  others(count: number): string;
  feature(name: string): string;
}

/** From where every client begins to this one's score, the largest steps first: each bar begins where the one before ends. */
export function waterfallBars({ baseValue, rawScore, contributions }: Parts, words: Words): SignedBar[] {
  const moving = contributions.filter(({ impact }) => impact !== 0);
  const steps = moving
    .slice(0, MOST_STEPS)
    .map(({ feature, impact }) => ({ label: words.feature(feature), value: impact }));
  const rest = moving.slice(MOST_STEPS);
  if (rest.length > 0) {
    steps.push({ label: words.others(rest.length), value: rest.reduce((sum, { impact }) => sum + impact, 0) });
  }
  let level = baseValue;
  const bars: SignedBar[] = [{ label: words.base, value: baseValue, total: true }];
  for (const step of steps) {
    bars.push({ ...step, from: level });
    level += step.value;
  }
  return [...bars, { label: words.score, value: rawScore, total: true }];
}
