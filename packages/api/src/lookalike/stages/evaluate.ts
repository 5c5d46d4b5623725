import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Stage } from '../../pipelines/stage.ts';
import { modelView } from '../engine/audience.ts';
import { judge, mean } from '../engine/judge.ts';
import { readModelIfFit } from '../engine/lookalike-model.ts';
import { eventsByBrand } from '../engine/queries.ts';
import { unpackWorld } from '../engine/world.ts';

const judgedSchema = z.object({
  queries: z.array(z.object({ brand: z.int(), start: z.int(), end: z.int(), cheque: z.number(), day: z.int() })),
  averagePrecision: z.array(z.number()),
});

/** Losing by less than this is not worth keeping an old model for: the published challenger has seen more than the judged one. */
const CLEAR_LOSS = 0.05;
/** Questions that a comparison needs. */
const FEWEST_QUESTIONS = 10;

async function shared(path: string): Promise<ArrayBuffer> {
  const bytes = await readFile(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/**
 * Champion against challenger on the last days of the new version, question by question, as far as neither has seen the
 * answers: a champion that was trained on these very days would look better than it is. A tie goes to the challenger, which
 * knows the new data; only a clear loss (two standard errors, and more than five points of MAP) keeps the champion.
 */
export const evaluateStage: Stage = {
  name: 'evaluate',
  codeVersion: 8,
  inputs: ['world.bin', 'judged.json', 'champion.bin?'],
  weight: 10,
  async run(context) {
    const judged = judgedSchema.parse(await context.json('judged.json'));
    const challenger = mean(judged.averagePrecision);
    const champion = context.find('champion.bin')
      ? readModelIfFit(await shared(await context.path('champion.bin')))
      : undefined;
    if (!champion) {
      const standing = context.find('champion.bin') ? 'This release cannot read the served model' : 'First model';
      const text = `${standing}: MAP@100 ${challenger.toFixed(3)} on the last days of the version.`;
      await context.outputJson('evaluation.json', { verdict: 'first', challenger, queries: judged.queries.length });
      return { summary: { verdict: 'first', text, challenger_map: challenger } };
    }
    const world = unpackWorld(await shared(await context.path('world.bin')));
    const asked = judged.queries.map((query, at) => ({ ...query, challenger: judged.averagePrecision[at] }));
    const fair = asked.filter(({ start }) => world.baseDay + start > champion.trainedUntil);
    if (fair.length < FEWEST_QUESTIONS) {
      const text = `The served model has seen the answers to all but ${fair.length} of ${asked.length} questions, so nothing speaks against the challenger (MAP@100 ${challenger.toFixed(3)} on days it has not seen).`;
      await context.outputJson('evaluation.json', { verdict: 'tie', challenger, queries: fair.length });
      return { summary: { verdict: 'tie', text, challenger_map: challenger } };
    }
    const byDay = [...Map.groupBy(fair, ({ day }) => day)];
    const cuts = byDay.map(([day, queries]) => ({ modelView: modelView(world, champion.brands, day), queries }));
    const { averagePrecision } = judge(world, cuts, champion.boosting, eventsByBrand(world));
    const compared = byDay.flatMap(([, queries]) => queries);
    const difference = Float64Array.from(compared, (query, at) => query.challenger - averagePrecision[at]);
    const gain = mean(difference);
    const variance = mean(difference.map((value) => (value - gain) ** 2));
    const error = Math.sqrt(variance / Math.max(difference.length - 1, 1));
    const worse = gain < -2 * error && gain < -CLEAR_LOSS;
    const better = gain > 2 * error;
    const verdict = worse ? 'worse' : better ? 'better' : 'tie';
    const text = `Challenger ${mean(compared.map((query) => query.challenger)).toFixed(3)}, champion ${mean(averagePrecision).toFixed(3)} MAP@100 on the last days: ${verdict} (difference ${gain.toFixed(3)} ± ${(2 * error).toFixed(3)}).`;
    context.metric('champion_map_at_100', mean(averagePrecision));
    context.metric('gain_map_at_100', gain);
    await context.outputJson('evaluation.json', {
      verdict,
      challenger,
      champion: mean(averagePrecision),
      gain,
      standardError: error,
      queries: compared.length,
    });
    return { summary: { verdict, text, challenger_map: challenger, champion_map: mean(averagePrecision), gain } };
  },
};
