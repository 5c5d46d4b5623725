/**
 * What training does with the views of its cuts, one after the other: asks their questions, fits rankers on the rows, and judges.
 * It needs nothing of later views, so it may work in a thread of its own while the next view is made (desk-thread.ts).
 */
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import { fitPlatt, type PlattModel, plattParams } from '@kindred/ml/calibration/platt.ts';
import type { ModelView } from './audience.ts';
import { type Judgement, judge } from './judge.ts';
import { type BrandEvents, eventsByBrand } from './queries.ts';
import { fitRanker } from './ranker.ts';
import type { RankerSettings } from './train-ranker.ts';
import type { Cut } from './training-plan.ts';
import { type Block, joinBlocks, trainingBlocks } from './training-set.ts';
import type { World } from './world.ts';

export interface Desk {
  /** Adds the questions of a cut to the rows of training. */
  ask(modelView: ModelView, cut: Cut): void;
  /** Fits the judged ranker on the rows so far. */
  fitJudged(): void;
  /** Judges it on a cut that it was not trained on. */
  judge(modelView: ModelView, cut: Cut): void;
}

export interface DeskResult {
  readonly judged: Judgement;
  readonly calibration: PlattModel;
  /** Fitted on all rows. */
  readonly boosting: GradientBoostingModel;
  readonly rows: number;
  /** After each round of it. */
  readonly logLikelihoods: readonly number[];
}

export class RankerDesk implements Desk {
  readonly #world: World;
  readonly #settings: RankerSettings;
  readonly #byBrand: BrandEvents;
  readonly #blocks: Block[] = [];
  readonly #judgedCuts: { modelView: ModelView; queries: Cut['queries'] }[] = [];
  #judgedBoosting: GradientBoostingModel | undefined;

  constructor(world: World, settings: RankerSettings, byBrand = eventsByBrand(world)) {
    this.#world = world;
    this.#settings = settings;
    this.#byBrand = byBrand;
  }

  ask(modelView: ModelView, { queries }: Cut): void {
    const { sampling } = this.#settings;
    this.#blocks.push(...trainingBlocks(this.#world, modelView, this.#byBrand, queries, sampling, this.#blocks.length));
  }

  fitJudged(): void {
    this.#judgedBoosting = this.#fit();
  }

  judge(modelView: ModelView, { queries }: Cut): void {
    this.#judgedCuts.push({ modelView, queries });
  }

  /** Judges, calibrates on the judgement, and fits the ranker to be published on everything that was asked. */
  finish(): DeskResult {
    if (!this.#judgedBoosting) throw new Error('There is no ranker to be judged.');
    const judged = judge(this.#world, this.#judgedCuts, this.#judgedBoosting, this.#byBrand);
    const calibration = fitPlatt(judged.scores, judged.labels, plattParams.parse({}));
    const logLikelihoods: number[] = [];
    const boosting = this.#fit((round, value) => {
      logLikelihoods[round] = value;
    });
    const rows = this.#blocks.reduce((sum, { labels }) => sum + labels.length, 0);
    return { judged, calibration, boosting, rows, logLikelihoods };
  }

  #fit(onRound?: (round: number, value: number) => void): GradientBoostingModel {
    return fitRanker(joinBlocks(this.#blocks), this.#settings.boosting, onRound);
  }
}
