/** Scores offers of the generations it holds. Lives in a worker thread; world and model are shared memory. */
import { type ModelView, modelView, rankAudience, viewDay } from '../engine/audience.ts';
import { FEATURES, termsOf } from '../engine/features.ts';
import { type LookalikeModel, probability, readModel } from '../engine/lookalike-model.ts';
import { minimumCheque } from '../engine/queries.ts';
import { audienceReasons, contributions, reasonName } from '../engine/reasons.ts';
import { counterfactual, requireKnownChanges, withChanges } from '../engine/what-if.ts';
import { unpackWorld, type World } from '../engine/world.ts';
import type { ProfileChanges, ScoredAudience, ScoredMember } from './messages.ts';

/** The longest audience of the contract. */
export const MAX_AUDIENCE = 1000;
/** Views kept per generation; each holds some 30 MB at full size. */
const MAX_VIEWS = 4;

interface Loaded {
  readonly world: World;
  readonly model: LookalikeModel;
  readonly views: Map<number, ModelView>;
}

export class Scorer {
  readonly #generations = new Map<number, Loaded>();
  readonly #unreadable = new Map<number, unknown>();

  /** A generation that cannot be read is told to those who ask for it: thrown here, it would end the worker again and again. */
  load(generation: number, world: ArrayBufferLike, model: ArrayBufferLike): void {
    try {
      this.#generations.set(generation, { world: unpackWorld(world), model: readModel(model), views: new Map() });
    } catch (error) {
      this.#unreadable.set(generation, error);
    }
  }

  /** Makes the view that offers still to come are seen from, before anybody asks. */
  prepare(generation: number): void {
    const loaded = this.#generations.get(generation);
    if (loaded) this.#view(loaded, loaded.world.lastDay + 1);
  }

  drop(generation: number): void {
    this.#generations.delete(generation);
    this.#unreadable.delete(generation);
  }

  audience(generation: number, offer: number, reasonsFor: number): ScoredAudience {
    const { world, model, ranking } = this.#rank(generation, offer, MAX_AUDIENCE);
    return {
      userIds: Float64Array.from(ranking.users, (u) => world.userIds[u]),
      scores: ranking.scores.map((score) => rounded(probability(model.calibration, score))),
      reasons: audienceReasons(model.boosting, ranking.source, ranking.users.subarray(0, reasonsFor)),
    };
  }

  /** One user's score for one offer, as it is or with some attributes changed. @throws DomainError INVALID_INPUT */
  member(generation: number, offer: number, user: number, changes: ProfileChanges): ScoredMember {
    const { world, model, ranking } = this.#rank(generation, offer, 100);
    requireKnownChanges(ranking.source.view, changes);
    const source = withChanges(ranking.source, user, changes);
    const parts = contributions(model.boosting, source, user);
    const rawScore = parts.reduce((sum, part) => sum + part, 0);
    const threshold = ranking.scores.at(-1) ?? 0;
    const found = counterfactual(model.boosting, source, user, threshold);
    return {
      customer: source.affinity.customer[user] === 1,
      score: rounded(probability(model.calibration, rawScore)),
      rawScore,
      baseValue: parts[FEATURES.length],
      contributions: FEATURES.map((_, f) => ({ feature: reasonName(source, f, user), impact: parts[f] })).sort(
        (a, b) => Math.abs(b.impact) - Math.abs(a.impact) || (a.feature < b.feature ? -1 : 1),
      ),
      counterfactual: found && { ...found, score: rounded(probability(model.calibration, found.rawScore)) },
      threshold: rounded(probability(model.calibration, threshold)),
      attributes: source.view.profile.map(({ name, values, codes }) => ({
        name,
        value: values[codes[user]],
        values: values.slice(1),
      })),
      userId: world.userIds[user],
    };
  }

  #rank(generation: number, offer: number, top: number) {
    const loaded = this.#generations.get(generation);
    if (!loaded) throw this.#unreadable.get(generation) ?? new Error(`Generation ${generation} is not loaded.`);
    const { world, model } = loaded;
    const brand = world.offers.brand[offer];
    const start = world.offers.start[offer];
    const terms = termsOf({ start, end: world.offers.end[offer], cheque: minimumCheque(world.offers.texts[offer]) });
    const view = this.#view(loaded, viewDay(world, start));
    return { world, model, ranking: rankAudience(world, view, model.boosting, brand, terms, top, start) };
  }

  #view({ world, model, views }: Loaded, day: number): ModelView {
    const known = views.get(day);
    if (known) {
      views.delete(day);
      views.set(day, known);
      return known;
    }
    const view = modelView(world, model.brands, day);
    views.set(day, view);
    const [oldest] = views.keys();
    if (views.size > MAX_VIEWS && oldest !== undefined) views.delete(oldest);
    return view;
  }
}

/** Nine decimals keep the order of any two scores that differ by more than noise, and answers short. */
const rounded = (value: number) => Number(value.toFixed(9));
