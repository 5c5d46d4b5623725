/**
 * `pnpm bench drift [--pairs 200] [--users 2500] [--seed 1] [--mode extend|rewrite]`: how often the drift stage raises a
 * false alarm and how often it finds drift of the smallest size declared, over simulated pairs of versions of the demo
 * world. Half of the pairs are without drift (the same law going on, with new offers, merchants and clients). The rule of
 * thumb "PSI above 0.2 in any feature" is judged on the same pairs. Exit code 1 if a rate misses what is stated.
 */
import { parseArgs } from 'node:util';
import { createWorld } from '../../demo/src/world/world.ts';
import { STATED_RATES } from '../src/lookalike/drift/report.ts';
import { driftOf } from './drift-of-world.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '200' },
    users: { type: 'string', default: '2500' },
    seed: { type: 'string', default: '1' },
    mode: { type: 'string', default: 'extend' },
  },
});

const CALM = ['same', 'same+new-offers', 'same+new-entities', 'same'] as const;
/** The smallest sizes declared: 0.3 standard deviations, 5 points, 10% of the mix. */
const DRIFTS = ['drift:amount=0.3', 'drift:frequency=0.3', 'drift:online=0.05', 'drift:segments=0.1'] as const;
const SPECS = [...CALM, ...DRIFTS];
const PSI_RULE = 0.2;

interface Feature {
  readonly feature: string;
  readonly window: string;
  readonly effect_size: number;
  readonly adjusted_p_value: number;
  readonly drifted: boolean;
  readonly statistics: { readonly psi: number } | null;
}

interface Report {
  readonly drift_detected: boolean;
  readonly drift_score: number;
  readonly features: readonly Feature[];
}

/** What led to a verdict, for those that are wrong. */
const told = (features: readonly Feature[]) =>
  features
    .map(
      ({ feature, window, effect_size, adjusted_p_value }) =>
        `${feature} ${effect_size.toFixed(3)} in ${window}, p ${adjusted_p_value.toExponential(1)}`,
    )
    .join('; ');

const tally = new Map<string, { pairs: number; found: number; psi: number; scores: number[] }>();
const rounds = Math.ceil(Number(values.pairs) / SPECS.length);
for (let round = 0; round < rounds; round++) {
  const seed = Number(values.seed) + round;
  const config = {
    seed,
    users: Number(values.users),
    lawMode: values.mode === 'rewrite' ? 'rewrite' : 'extend',
  } as const;
  const references = new Map<string, string>();
  for (const [index, spec] of SPECS.entries()) {
    // The last calm pair is a month later and the versions between are not seen.
    const stepDays = index === CALM.length - 1 ? 30 : 14;
    const world = createWorld({ ...config, stepDays, steps: ['base', spec] });
    // A world's catalog depends on the steps to come, so a base serves only the specs with the same catalog.
    const key = `${stepDays} ${spec.includes('new-entities')}`;
    const reference = references.get(key) ?? (await driftOf(world, 0, undefined)).profile;
    references.set(key, reference);
    const report = JSON.parse((await driftOf(world, 1, reference)).report) as Report;
    const name = CALM.includes(spec as (typeof CALM)[number]) ? 'no drift' : spec;
    const entry = tally.get(name) ?? { pairs: 0, found: 0, psi: 0, scores: [] };
    tally.set(name, entry);
    entry.pairs++;
    entry.scores.push(report.drift_score);
    if (report.drift_detected) entry.found++;
    if (report.features.some(({ statistics }) => statistics !== null && statistics.psi > PSI_RULE)) entry.psi++;
    if (report.drift_detected && name === 'no drift')
      console.log(
        `false alarm: seed ${seed}, ${spec}, ${stepDays} days: ${told(report.features.filter(({ drifted }) => drifted))}`,
      );
    if (!report.drift_detected && name !== 'no drift')
      console.log(`missed: seed ${seed}, ${spec}, score ${report.drift_score.toFixed(2)}`);
  }
}

const share = (count: number, of: number) => `${((100 * count) / Math.max(1, of)).toFixed(1)}%`;
console.log('pairs                 detected   PSI > 0.2   median score');
for (const [name, { pairs, found, psi, scores }] of tally) {
  const median = scores.sort((a, b) => a - b)[scores.length >> 1];
  console.log(
    `${name.padEnd(20)} ${share(found, pairs).padStart(9)} ${share(psi, pairs).padStart(11)} ${median.toFixed(2).padStart(14)}   of ${pairs}`,
  );
}
const calm = tally.get('no drift') ?? { pairs: 0, found: 0 };
const drifts = [...tally].filter(([name]) => name !== 'no drift').map(([, entry]) => entry);
const pairs = drifts.reduce((sum, entry) => sum + entry.pairs, 0);
const found = drifts.reduce((sum, entry) => sum + entry.found, 0);
/** Upper end of Wilson's score interval of a share, one-sided 95% (JASA 1927). */
function upperBound(count: number, of: number): number {
  const z = 1.645;
  const p = count / of;
  const spread = z * Math.sqrt((p * (1 - p)) / of + (z / (2 * of)) ** 2);
  return (p + (z * z) / (2 * of) + spread) / (1 + (z * z) / of);
}

console.log(
  `false alarms ${share(calm.found, calm.pairs)}, with 95% confidence below ${share(upperBound(calm.found, calm.pairs), 1)} (at most ${share(STATED_RATES.false_alarms, 1)}), smallest drift found ${share(found, pairs)} (at least ${share(STATED_RATES.found_at_smallest_size, 1)})`,
);
if (calm.found > STATED_RATES.false_alarms * calm.pairs || found < STATED_RATES.found_at_smallest_size * pairs)
  process.exitCode = 1;
