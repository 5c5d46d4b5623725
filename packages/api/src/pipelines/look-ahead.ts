import { DomainError } from '../errors.ts';
import type { StageOutcome } from './compute-protocol.ts';
import type { MetricPoint } from './pipeline.ts';
import type { Stage } from './stage.ts';

/** What a stage came to. */
export interface Computed {
  readonly key: string;
  readonly outcome: StageOutcome;
  readonly metrics: readonly MetricPoint[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** A stage under way, or done, before its turn. */
interface AheadRun {
  readonly startedAt: Date;
  /** Undefined where a finished run of the same key was found, to be taken over in turn. */
  readonly computed: Promise<Computed | undefined>;
  readonly abort: AbortController;
}

/** @returns undefined where a finished run of the stage's key is known. */
export type ComputeAhead = (stage: Stage, signal: AbortSignal) => Promise<Computed | undefined>;

/**
 * Stages that run ahead of their turn, one at a time. A stage that says what it comes `after` may be computed while others
 * before it in the list still are; it counts in its turn, in the transaction that records it, and nowhere before. Where one
 * before it stops the pipeline it is broken off, and what it wrote is never recorded.
 */
export class LookAhead {
  readonly #stages: readonly Stage[];
  readonly #compute: ComputeAhead;
  readonly #runs = new Map<string, AheadRun>();
  readonly #recorded = new Set<string>();
  #turn = '';
  #busy = false;
  #over = false;

  /** @param stages those still to be run, in the order of their turns. */
  constructor(stages: readonly Stage[], compute: ComputeAhead) {
    this.#stages = stages;
    this.#compute = compute;
  }

  run(stage: string): AheadRun | undefined {
    return this.#runs.get(stage);
  }

  recorded(stage: string): void {
    this.#recorded.add(stage);
  }

  /**
   * Starts a stage beside the one whose turn it is, if one may run: of those whose predecessors have all been recorded, the last
   * in the list, because the main lane comes to the others by itself soon.
   */
  advance(turn: string): void {
    this.#turn = turn;
    if (this.#busy || this.#over) return;
    const place = this.#stages.findIndex(({ name }) => name === turn);
    const next = this.#stages.findLast(
      ({ name, after }, at) =>
        at > place && !this.#runs.has(name) && after?.every((other) => this.#recorded.has(other)) === true,
    );
    if (!next) return;
    this.#busy = true;
    const abort = new AbortController();
    const computed = this.#compute(next, abort.signal);
    this.#runs.set(next.name, { startedAt: new Date(), computed, abort });
    const settled = () => {
      this.#busy = false;
      this.advance(this.#turn);
    };
    // What went wrong is told to who awaits the run in its turn.
    computed.then(settled, settled);
  }

  /** Ends what runs ahead and starts nothing more; resolves when nothing runs. */
  async breakOff(): Promise<void> {
    this.#over = true;
    const runs = [...this.#runs.values()];
    for (const { abort } of runs) abort.abort(new DomainError('CANCELLED', 'The stage is not needed any more'));
    await Promise.allSettled(runs.map(({ computed }) => computed));
  }
}
