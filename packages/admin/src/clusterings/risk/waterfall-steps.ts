export interface Step {
  readonly name: string;
  /** Null of sums. */
  readonly value: number | null;
  readonly from: number;
  readonly to: number;
}

interface Contribution {
  readonly feature: string;
  readonly value: number;
  readonly contribution: number;
}

/** Steps from the base to the score, the longest first; beyond `most` the rest are one. */
export function waterfallSteps(
  base: number,
  contributions: readonly Contribution[],
  most: number,
): { readonly steps: readonly Step[]; readonly others: number } {
  const ordered = contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const rest = ordered.slice(most);
  let at = base;
  const step = (name: string, value: number | null, by: number): Step => {
    const from = at;
    at += by;
    return { name, value, from, to: at };
  };
  const steps = ordered.slice(0, most).map(({ feature, value, contribution }) => step(feature, value, contribution));
  if (rest.length > 0)
    steps.push(
      step(
        '',
        null,
        rest.reduce((sum, one) => sum + one.contribution, 0),
      ),
    );
  return { steps, others: rest.length };
}
