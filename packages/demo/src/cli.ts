import { parseArgs } from 'node:util';
import type { SizeName } from './world/config.ts';
import { SIZES } from './world/config.ts';
import { evaluate, summary } from './world/evaluate.ts';
import { closedOffers } from './world/truth.ts';
import { createWorld, type World } from './world/world.ts';
import { writeWorld } from './world/write-world.ts';

const USAGE = `usage:
  cli.ts world [--seed 1] [--size tiny|small|full] [--users N] [--steps base,same,...] [--mode extend|rewrite] [--step 0] [--out DIR]
      writes a version as NDJSON tables with truth.json (with --out) and prints MAP@100 of the rankers`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: 'small' },
    users: { type: 'string' },
    steps: { type: 'string', default: 'base' },
    mode: { type: 'string', default: 'extend' },
    step: { type: 'string', default: '0' },
    out: { type: 'string' },
  },
});

function worldFromArguments(): World {
  if (!(values.size in SIZES)) throw new RangeError(`unknown size ${values.size}`);
  return createWorld({
    ...SIZES[values.size as SizeName],
    seed: Number(values.seed),
    ...(values.users === undefined ? {} : { users: Number(values.users) }),
    lawMode: values.mode === 'rewrite' ? 'rewrite' : 'extend',
    steps: values.steps.split(';').length > 1 ? values.steps.split(';') : values.steps.split(','),
  });
}

if (positionals[0] === 'world') {
  const world = worldFromArguments();
  const step = Number(values.step);
  const evaluation = evaluate(world, step, closedOffers(world, step));
  if (values.out !== undefined) console.log(await writeWorld(world, step, evaluation, values.out));
  const positives = evaluation.truths.map((entry) => entry.positives.length).sort((a, b) => a - b);
  console.log({
    closedOffers: evaluation.truths.length,
    positivesMedian: positives[positives.length >> 1],
    positives: [positives[0], positives.at(-1)],
  });
  console.log('MAP@100', summary(evaluation));
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
