import { bootstrapStability } from '@kindred/ml/clustering/stability.ts';
import type { Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { fitSeconds } from '../forecast/method-seconds.ts';
import { closingSeconds, expectedSeconds, mayBegin } from './finalist-time.ts';
import type { SampleFit } from './fit-trial.ts';
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
  codeVersion: 2,
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
        : params.budget_seconds - early.spent_seconds - closingSeconds(params.budget_seconds);
    const trials = new Map(plan.map((trial) => [trial.number, trial]));
    const proved = new Map<number, Proved>();
    const found = new Map<number, { readonly labels: Int32Array; readonly rows: Int32Array | null }>();
    const finalists = early.finalists.flatMap(({ number, labels }) => {
      const trial = trials.get(number);
      return trial ? [{ trial, labels: Int32Array.from(labels) }] : [];
    });
    const agreement = againstClasses(table, params.label_column);
    let judge: Judge | undefined;
    const queue: Candidate[] = finalists.map((finalist) => ({ ...finalist, again: false }));
    let done = 0;
    for (const candidate of queue) {
      const { trial, labels, again } = candidate;
      if (!again) found.set(trial.number, { labels, rows: spaces.isSampled ? spaces.sample : null });
      await new Promise(setImmediate);
      context.signal.throwIfAborted();
      context.progress((0.9 * done) / finalists.length, `finalist ${done + 1} of ${finalists.length}: ${trial.name}`);
      const over = () => left - search.elapsed();
      if (over() <= 0) {
        proved.set(trial.number, stayed('the time was over before it could be fitted to all rows'));
        continue;
      }
      // Until there is one that was fitted to all rows, it may take all of the time.
      const isFirst = [...proved.values()].every(({ state }) => state !== 'final');
      search.limitTo(search.elapsed() + (again || isFirst ? over() : over() / 2));
      try {
        const begun = candidate.begun ?? begin(search, trial);
        if (!mayBegin(begun.expected, over(), again)) {
          if (again) proved.set(trial.number, stayed(tooLong(begun.expected, over())));
          else queue.push({ ...candidate, again: true, begun });
          continue;
        }
        done++;
        judge ??= new Judge(spaces.reference(search.fit), context.seed);
        const { result, whole } = prove(search, trial, begun.sample, judge, context);
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

const tooLong = (expected: number, left: number): string =>
  `a fit to all rows would take about ${Math.ceil(expected)} s, and ${Math.floor(left)} s were left`;

interface Begun {
  readonly sample: SampleFit;
  /** Seconds until it is proved. */
  readonly expected: number;
}

interface Candidate {
  readonly trial: Trial;
  /** Of the sample's rows. */
  readonly labels: Int32Array;
  /** It was put off, for quicker ones. */
  readonly again: boolean;
  readonly begun?: Begun;
}

/** The fit to the sample, and what it tells of that to all rows. @throws OutOfTime; what a method throws. */
function begin({ fitter, spaces, params, fit, elapsed }: Search, trial: Trial): Begun {
  // Preparing the rows is no part of the fit that is timed.
  spaces.sampled(trial, fit);
  const start = elapsed();
  const sample = fitter.onSample(trial, fit);
  const took = elapsed() - start;
  const { method, Z, own } = sample;
  const modelled = {
    sample: fitSeconds(method.name, Z.rows, Z.columns, own),
    whole: spaces.wholeSeconds(trial, sample.params),
  };
  return { sample, expected: expectedSeconds({ modelled, took, resamples: params.n_bootstraps }) };
}

/** @throws OutOfTime; what a method throws. */
function prove(
  { fitter, spaces, params, fit }: Search,
  trial: Trial,
  sample: SampleFit,
  judge: Judge,
  context: StageContext,
): { readonly result: Omit<Proved, 'adjusted_rand'>; readonly whole: Int32Array } {
  const whole = spaces.isSampled ? fitter.onAll(trial, fit) : sample;
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
