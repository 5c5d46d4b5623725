import { performance } from 'node:perf_hooks';
import type { FitContext } from '@kindred/ml/estimator.ts';
import type { StageContext } from '../../pipelines/stage.ts';
import { KernelThreads } from '../../threads/kernel-threads.ts';
import { featureColumns } from '../feature-columns.ts';
import { filterRows } from '../filter-rows.ts';
import { readTable, type TypedTable, takeTableRows } from '../read-table.ts';
import { TrialFitter } from './fit-trial.ts';
import { planTrials, type Trial } from './plan-trials.ts';
import { type SearchParams, searchParamsOf } from './search-params.ts';
import { TrialSpaces } from './trial-spaces.ts';

/** A fit was given up because its time was over. */
export class OutOfTime extends Error {}

/** What the stages of a search work with. */
export interface Search extends AsyncDisposable {
  readonly params: SearchParams;
  /** The rows that were asked for, in all columns. */
  readonly table: TypedTable;
  readonly spaces: TrialSpaces;
  readonly fitter: TrialFitter;
  readonly plan: readonly Trial[];
  readonly fit: FitContext;
  /** Seconds since the stage began. */
  elapsed(): number;
  /** Fits that report how far they are end with OutOfTime when the stage has taken so many seconds. */
  limitTo(seconds: number): void;
  /** Threads of a fit that was given up may still wait for it. */
  renewThreads(): Promise<void>;
}

/** @throws DomainError INVALID_INPUT for columns or rows that are not there; MlError where no column is of use. */
export async function openSearch(context: StageContext): Promise<Search> {
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  const params = searchParamsOf(context);
  context.progress(0, 'reading the table');
  const whole = await readTable(context);
  const table = takeTableRows(whole, filterRows(whole, params.row_filter));
  const columns = featureColumns(table.columns, params);
  let threads = new KernelThreads(context.threads);
  let limit = Number.POSITIVE_INFINITY;
  const fit: FitContext = {
    get threads() {
      return threads;
    },
    progress() {
      context.signal.throwIfAborted();
      if (elapsed() > limit) throw new OutOfTime('the time was over');
    },
  };
  const { seed, memoryBytes } = context;
  const spaces = new TrialSpaces(
    { rows: table.rows, columns },
    { sampleRows: params.sample_rows, seed, limit: memoryBytes },
  );
  const plan = planTrials(params, spaces.sampledReference(fit).columns, spaces.sample.length, seed);
  return {
    params,
    table,
    spaces,
    fitter: new TrialFitter(spaces, seed, memoryBytes),
    plan: params.max_trials === null ? plan : plan.slice(0, params.max_trials),
    fit,
    elapsed,
    limitTo(seconds) {
      limit = seconds;
    },
    async renewThreads() {
      await threads.close();
      threads = new KernelThreads(context.threads);
    },
    [Symbol.asyncDispose]: () => threads.close(),
  };
}
