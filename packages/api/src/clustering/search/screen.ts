import { adjustedRand } from '@kindred/ml/cluster-metrics/agreement.ts';
import { DomainError } from '../../errors.ts';
import type { Json, Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { degeneracy, Judge, type Measures } from './judge.ts';
import { againstClasses } from './known-classes.ts';
import { OutOfTime, openSearch, type Search } from './open-search.ts';
import type { Trial } from './plan-trials.ts';
import { scoreOf } from './score-trial.ts';
import { SCREENED, type Screened, type ScreenedTrial } from './screened.ts';
import { SEARCH_PARAMS } from './search-params.ts';
import { DoesNotFit } from './trial-spaces.ts';
import { triedLine } from './tried-line.ts';

/** Of the budget, where finalists have to be fitted to all rows, and where they need only be proved. */
const SHARE = { sampled: 0.5, whole: 0.75 };
/** Two labellings that agree so far are one. */
const SAME = 0.99;
const NEAR_SCORE = 0.02;

interface Tried {
  readonly trial: Trial;
  readonly outcome: Omit<ScreenedTrial, 'number' | 'same_as'>;
  readonly measures: Measures | null;
  readonly labels: Int32Array | null;
}

/** Tries pipelines on a sample of the rows while there is time, and chooses those that see all rows. */
export const screenStage: Stage = {
  name: 'screen',
  codeVersion: 2,
  inputs: [TABLE],
  params: SEARCH_PARAMS,
  weight: 60,
  async run(context) {
    await using search = await openSearch(context);
    const { params, plan } = search;
    const tried = await tryAll(context, search);
    const usable = tried.filter(({ outcome }) => outcome.state === 'screened');
    if (tried.every(({ measures }) => measures === null)) throw nothingRan(tried);
    const finalists = choose(inOrderOfScore(usable), params.finalists, search.spaces);
    const result: Screened = {
      spent_seconds: params.budget_seconds === null ? null : search.elapsed(),
      trials: tried.map(({ trial, outcome, labels }) => ({
        number: trial.number,
        ...outcome,
        same_as: labels === null || outcome.state !== 'screened' ? null : sameAs(trial, labels, finalists),
      })),
      finalists: finalists.map(({ trial, labels }) => ({ number: trial.number, labels: [...(labels ?? [])] })),
    };
    await context.outputJson(SCREENED, result as unknown as Json);
    return {
      summary: {
        planned: plan.length,
        run: tried.length,
        usable: usable.length,
        rows: search.spaces.sample.length,
        finalists: finalists.map(({ trial }) => trial.name),
      },
    };
  },
};

async function tryAll(context: StageContext, search: Search): Promise<Tried[]> {
  const { params, plan, spaces, table, fit } = search;
  const judge = new Judge(spaces.sampledReference(fit), context.seed);
  const agreement = againstClasses(table, params.label_column);
  const seconds =
    params.budget_seconds === null
      ? Number.POSITIVE_INFINITY
      : params.budget_seconds * (spaces.isSampled ? SHARE.sampled : SHARE.whole);
  const tried: Tried[] = [];
  let best: { readonly score: number; readonly name: string } | undefined;
  for (const trial of plan) {
    // However little time there is, it is searched until something is found.
    if (best) {
      if (search.elapsed() > seconds) break;
      search.limitTo(seconds);
    }
    // An abort is heard, and memory of kernels given back, only between turns of the loop.
    await new Promise(setImmediate);
    context.signal.throwIfAborted();
    const done = Math.max(tried.length / plan.length, Math.min(1, search.elapsed() / seconds));
    const soFar = best ? `; best score so far ${best.score.toFixed(3)}: ${best.name}` : '';
    context.progress(done, `trial ${tried.length + 1} of ${plan.length}${soFar}`);
    const began = search.elapsed();
    const one = tryOne(context, search, trial, judge, agreement);
    if (one === undefined) break;
    tried.push(one);
    context.log(...triedLine(trial, one.outcome, search.elapsed() - began));
    const { state, score } = one.outcome;
    if (state !== 'screened' || score === null) continue;
    context.metric('score', score, trial.number);
    if (!best || score > best.score) best = { score, name: trial.name };
    context.metric('best_score', best.score, trial.number);
  }
  return tried;
}

/** @returns undefined where the time was over first. */
function tryOne(
  context: StageContext,
  { fitter, spaces, fit }: Search,
  trial: Trial,
  judge: Judge,
  agreement: ReturnType<typeof againstClasses>,
): Tried | undefined {
  try {
    const { labels, params } = fitter.onSample(trial, fit);
    const measures = judge.measure(labels, fit);
    const why = degeneracy(measures);
    const outcome = {
      state: why === undefined ? ('screened' as const) : ('degenerate' as const),
      reason: why ?? null,
      measures: { ...measures, sizes: [...measures.sizes] },
      score: scoreOf(measures, null),
      adjusted_rand: agreement(labels, spaces.sample),
      params,
    };
    return { trial, outcome, measures, labels };
  } catch (error) {
    if (error instanceof OutOfTime) return undefined;
    context.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const state = error instanceof DoesNotFit ? ('skipped' as const) : ('failed' as const);
    const outcome = { state, reason, measures: null, score: null, adjusted_rand: null, params: null };
    return { trial, outcome, measures: null, labels: null };
  }
}

const inOrderOfScore = (usable: readonly Tried[]): Tried[] =>
  usable.toSorted((a, b) => (b.outcome.score ?? 0) - (a.outcome.score ?? 0) || a.trial.number - b.trial.number);

/**
 * The best ones that put the rows into different clusters. Where all rows are far more than the sample, the quickest of those that found the
 * same clusters with nearly the score of the best stands for them.
 */
function choose(ordered: readonly Tried[], most: number, spaces: Search['spaces']): Tried[] {
  const groups: Tried[][] = [];
  for (const one of ordered) {
    const own = groups.find(([first]) => first && isSame(first, one));
    if (own) own.push(one);
    else if (groups.length < most) groups.push([one]);
  }
  const seconds = ({ trial, outcome }: Tried) => spaces.wholeSeconds(trial, outcome.params ?? {});
  return groups.flatMap(([best, ...others]) => {
    if (!best) return [];
    const near = others.filter(({ outcome }) => (outcome.score ?? 0) >= (best.outcome.score ?? 0) - NEAR_SCORE);
    return [near.reduce((quickest, one) => (seconds(one) < seconds(quickest) ? one : quickest), best)];
  });
}

const isSame = (a: Tried, b: Tried): boolean =>
  a.labels !== null && b.labels !== null && adjustedRand(a.labels, b.labels) >= SAME;

function sameAs(trial: Trial, labels: Int32Array, finalists: readonly Tried[]): number | null {
  if (finalists.some((finalist) => finalist.trial === trial)) return null;
  const like = finalists.find((finalist) => finalist.labels && adjustedRand(labels, finalist.labels) >= SAME);
  return like?.trial.number ?? null;
}

const nothingRan = (tried: readonly Tried[]) => {
  const reason = tried[0]?.outcome.reason ?? 'the parameters leave nothing to try for this table';
  const code = tried.some(({ outcome }) => outcome.state === 'skipped') ? 'TOO_LARGE' : 'INVALID_INPUT';
  return new DomainError(code, `No trial could be run: ${reason}`, { details: { field: 'methods' } });
};
