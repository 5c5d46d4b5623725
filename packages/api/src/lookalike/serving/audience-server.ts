/**
 * Answers for audiences from the generation in service. Switching is one assignment: a request is answered whole by the
 * generation that it started with, and every answer names its model and data. Results are kept per generation, because
 * the same model and data give the same answer.
 */
import { DomainError } from '../../errors.ts';
import { viewDay } from '../engine/audience.ts';
import type { Reason } from '../engine/reasons.ts';
import { unpackWorld, type World } from '../engine/world.ts';
import type { Generation, ProfileChanges, ScoredAudience, ScoredMember } from './messages.ts';
import { ScorerPool } from './scorer-pool.ts';

export interface AudienceAnswer {
  readonly merchantId: number;
  readonly offerId: number;
  readonly modelVersion: string;
  readonly dataVersion: string;
  readonly userIds: Float64Array;
  readonly scores: Float64Array;
  readonly reasons: readonly Reason[];
}

/** A member's score, with the model and the data that gave it. */
export interface MemberAnswer extends ScoredMember {
  readonly modelVersion: string;
  readonly dataVersion: string;
}

interface Active {
  readonly generation: Generation;
  readonly world: World;
  /** Position of the offer by "merchant/offer". */
  readonly offers: ReadonlyMap<string, number>;
  readonly answers: Map<string, Promise<ScoredAudience>>;
}

/** Reasons are taken over this many members; shorter audiences have reasons of their own. */
const REASONS_FOR = 50;
/** Answers kept per generation, about 20 KB each; beyond them the oldest goes. */
const MAX_ANSWERS = 6000;

export class AudienceServer {
  readonly #pool: ScorerPool;
  #active: Active | undefined;

  constructor(threads: number) {
    this.#pool = new ScorerPool(threads);
  }

  get generation(): Generation | undefined {
    return this.#active?.generation;
  }

  get world(): World | undefined {
    return this.#active?.world;
  }

  /**
   * Puts data and model into service. The previous generation answers until the new one is ready to, and stays loaded until its
   * requests are answered.
   */
  async serve(generation: Generation, world: SharedArrayBuffer, model: SharedArrayBuffer): Promise<void> {
    const unpacked = unpackWorld(world);
    const offers = new Map<string, number>();
    const { ids, merchantIds } = unpacked.offers;
    for (let at = 0; at < ids.length; at++) offers.set(`${merchantIds[at]}/${ids[at]}`, at);
    this.#pool.load(generation.id, { world, model });
    if (this.#active) await this.#pool.prepare(generation.id);
    const previous = this.#active;
    this.#active = { generation, world: unpacked, offers, answers: new Map() };
    if (previous) {
      void Promise.allSettled(previous.answers.values()).then(() => this.#pool.drop(previous.generation.id));
    }
    void this.#warmUp(this.#active);
  }

  async audience(merchantId: number, offerId: number, topN: number): Promise<AudienceAnswer> {
    const active = this.#require();
    const offer = this.#offer(active, merchantId, offerId);
    const { userIds, scores, reasons } = await this.#answer(active, offer, Math.min(topN, REASONS_FOR));
    return {
      merchantId,
      offerId,
      modelVersion: active.generation.modelVersion,
      dataVersion: active.generation.dataVersion,
      userIds: userIds.subarray(0, topN),
      scores: scores.subarray(0, topN),
      reasons,
    };
  }

  async member(merchantId: number, offerId: number, userId: number, changes: ProfileChanges): Promise<MemberAnswer> {
    const active = this.#require();
    const offer = this.#offer(active, merchantId, offerId);
    const user = position(active.world.userIds, userId);
    if (user < 0) {
      throw new DomainError('NOT_FOUND', `User ${userId} is not in data version ${active.generation.dataVersion}.`, {
        details: { field: 'userId' },
      });
    }
    const { id, modelVersion, dataVersion } = active.generation;
    const member = await this.#pool.member(route(active.world, offer), id, offer, user, changes);
    return { ...member, modelVersion, dataVersion };
  }

  async close(): Promise<void> {
    this.#active = undefined;
    await this.#pool.close();
  }

  #require(): Active {
    if (!this.#active)
      throw new DomainError('NOT_READY', 'No model is in service yet: commit a first version of the data.');
    return this.#active;
  }

  #offer(active: Active, merchantId: number, offerId: number): number {
    const offer = active.offers.get(`${merchantId}/${offerId}`);
    if (offer === undefined) {
      throw new DomainError(
        'NOT_FOUND',
        `Merchant ${merchantId} has no offer ${offerId} in data version ${active.generation.dataVersion}.`,
        { details: { merchant_id: merchantId, offer_id: offerId } },
      );
    }
    return offer;
  }

  #answer(active: Active, offer: number, reasonsFor: number): Promise<ScoredAudience> {
    const key = `${offer}/${reasonsFor}`;
    const known = active.answers.get(key);
    if (known) return known;
    const answer = this.#pool.audience(route(active.world, offer), active.generation.id, offer, reasonsFor);
    active.answers.set(key, answer);
    // A failure is not kept: the next request tries again.
    answer.catch(() => active.answers.delete(key));
    const [oldest] = active.answers.keys();
    if (active.answers.size > MAX_ANSWERS && oldest !== undefined) active.answers.delete(oldest);
    return answer;
  }

  /**
   * Scores the offers still to come in the background, the latest first, one at a time and with pauses: the pipeline and callers'
   * own questions come first, and other offers are scored when they are asked for.
   */
  async #warmUp(active: Active): Promise<void> {
    const { start } = active.world.offers;
    const coming = Array.from(start.keys()).filter((offer) => start[offer] > active.world.lastDay);
    coming.sort((a, b) => start[b] - start[a] || a - b);
    for (const offer of coming.slice(0, MAX_ANSWERS)) {
      if (this.#active !== active) return;
      const began = performance.now();
      await this.#answer(active, offer, REASONS_FOR).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, performance.now() - began).unref());
    }
  }
}

/**
 * Number by which an offer's worker is chosen. Every worker has the view of offers still to come, so these are spread; those of
 * a past week go to the worker that makes the view of that week.
 */
const route = (world: World, offer: number): number => {
  const start = world.offers.start[offer];
  return start > world.lastDay ? start : viewDay(world, start);
};

/** Position of a value in an ascending array, or -1. */
function position(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] === value) return middle;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
