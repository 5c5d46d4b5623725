import { bootstrapStability } from '@kindred/ml/clustering/stability.ts';
import type { Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { degeneracy, Judge } from './judge.ts';
import { againstClasses } from './known-classes.ts';
import { makeEntries, type Proved } from './make-leaderboard.ts';
import { OutOfTime, openSearch, type Search } from './open-search.ts';
import { outputLeaderboard } from './output-leaderboard.ts';
import type { Trial } from './plan-trials.ts';
import { SCREENED, screened } from './screened.ts';
import { SEARCH_PARAMS } from './search-params.ts';
import { summaryOf } from './summary.ts';

/** Leading trials whose clusters are described. */
const DESCRIBED = 3;

/** Fits the best trials to all rows, proves them by bootstrap, and writes the leaderboard. */
export const finalsStage: Stage = {
  name: 'finals',
  codeVersion: 1,
  inputs: [TABLE, SCREENED],
  params: SEARCH_PARAMS,
  weight: 40,
  async run(context) {
    const early = screened.parse(await context.json(SCREENED));
    await using search = await openSearch(context);
    const { params, plan, spaces, table } = search;
    const left =
      params.budget_seconds === null || early.spent_seconds === null
        ? Number.POSITIVE_INFINITY
        : params.budget_seconds - early.spent_seconds;
    const trials = new Map(plan.map((trial) => [trial.number, trial]));
    const proved = new Map<number, Proved>();
    const found = new Map<number, { readonly labels: Int32Array; readonly rows: Int32Array | null }>();
    const finalists = early.finalists.flatMap(({ number, labels }) => {
      const trial = trials.get(number);
      return trial ? [{ trial, labels: Int32Array.from(labels) }] : [];
    });
    const agreement = againstClasses(table, params.label_column);
    let judge: Judge | undefined;
    for (const [at, { trial, labels }] of finalists.entries()) {
      found.set(trial.number, { labels, rows: spaces.isSampled ? spaces.sample : null });
      await new Promise(setImmediate);
      context.signal.throwIfAborted();
      context.progress((0.9 * at) / finalists.length, `finalist ${at + 1} of ${finalists.length}: ${trial.name}`);
      // A slow one may take half of the time that is left, so that quick ones after it have their turn.
      const until = search.elapsed() + (left - search.elapsed()) / 2;
      if (left <= search.elapsed()) {
        proved.set(trial.number, stayed('the time was over before it could be fitted to all rows'));
        continue;
      }
      search.limitTo(until);
      judge ??= new Judge(spaces.reference(search.fit), context.seed);
      try {
        const { result, whole } = prove(search, trial, labels, judge, context);
        const adjusted_rand = agreement(whole);
        proved.set(trial.number, { ...result, adjusted_rand });
        found.set(trial.number, { labels: whole, rows: null });
        if (result.stability !== null) context.metric('stability', result.stability, trial.number);
      } catch (error) {
        if (error instanceof OutOfTime) {
          await search.renewThreads();
          proved.set(trial.number, stayed('a fit to all rows took too long'));
          continue;
        }
        context.signal.throwIfAborted();
        const reason = error instanceof Error ? error.message : String(error);
        context.log(`finalist ${trial.number} failed: ${reason}`, { trial: trial.name });
        proved.set(trial.number, { ...stayed(reason), state: 'failed' });
      }
    }
    context.progress(0.9, 'describing the first ones');
    const entries = makeEntries(plan, early.trials, proved, { params, sampleRows: spaces.sample.length }).map(
      (entry) => {
        const own = found.get(entry.trial);
        return own && entry.rank !== null && entry.rank <= DESCRIBED
          ? { ...entry, summary: summaryOf(table, own.labels, own.rows) }
          : entry;
      },
    );
    return { summary: await outputLeaderboard(context, search, entries) };
  },
};

const stayed = (reason: string): Proved => ({
  state: 'screened',
  reason,
  measures: null,
  stability: null,
  adjusted_rand: null,
  rows: 0,
  params: null,
});

/** @param labels of the sample's rows. @throws OutOfTime; what a method throws. */
function prove(
  { fitter, spaces, params, fit }: Search,
  trial: Trial,
  labels: Int32Array,
  judge: Judge,
  context: StageContext,
): { readonly result: Omit<Proved, 'adjusted_rand'>; readonly whole: Int32Array } {
  const sample = fitter.onSample(trial, fit);
  const whole = spaces.isSampled ? fitter.onAll(trial, fit) : { labels, params: sample.params };
  const measures = judge.measure(whole.labels, fit);
  const why = degeneracy(measures);
  const stability =
    params.n_bootstraps === 0 || why !== undefined
      ? null
      : bootstrapStability(sample.method, sample.Z, sample.labels, sample.own, fit, {
          resamples: params.n_bootstraps,
          seed: context.seed,
        }).mean;
  const state = why === undefined ? 'final' : 'degenerate';
  const { rows } = spaces;
  return {
    result: { state, reason: why ?? null, measures, stability, rows, params: whole.params },
    whole: whole.labels,
  };
}
